use crate::client::{Client, FORM, JSON, here, places};

const SMALL: &str = "/tests/pack";
const REAL: &str = "/putian/nine-in-one";

#[tokio::test]
async fn the_catalogue_names_every_pack() {
    let client = Client::new("catalogue");
    let page = client.get("/").await;
    page.check_page(200);
    assert!(page.has("测试中心") && page.has("开店登记预审") && page.has("九证合一"));
    assert!(page.addresses().contains(&SMALL) && page.addresses().contains(&REAL));
    let english = client.get("/?lang=en").await;
    english.check_page(200);
    assert!(english.has("<html lang=\"en\"") && english.has("Opening a shop"));
}

#[tokio::test]
async fn a_page_asks_the_first_question() {
    let client = Client::new("first");
    let page = client.get(SMALL).await;
    page.check_page(200);
    assert!(page.has("data-question=\"shop.goods\"") && page.has("data-verdict=\"undetermined\""));
    let packs = client.get("/api/v1/packs").await;
    let element = page.text.split("<yc-precheck ").nth(1).unwrap().split('>').next().unwrap();
    assert!(!element.contains(" on="));
    for address in page.addresses().into_iter().filter(|address| address.contains(".yc")) {
        assert!(packs.has(address), "{address}");
    }
    // Answers are not read from the address.
    let linked = client.get(&format!("{SMALL}?shop.goods=food&shop.owner=secret")).await;
    assert_eq!(linked.text, page.text);
}

#[tokio::test]
async fn the_day_is_stated_in_the_address_or_the_form() {
    let client = Client::new("stated");
    let stated = format!("{SMALL}?on=2016-02-29");
    let pages = [
        client.get(&stated).await,
        client.submit(&stated, &[]).await,
        client.submit(SMALL, &[("__on", "2016-02-29")]).await,
        client.submit(&format!("{SMALL}?on=2015-01-01"), &[("__on", "2016-02-29")]).await,
    ];
    for page in pages {
        page.check_page(200);
        assert!(page.has("placeholder=\"2016\"") && page.has("placeholder=\"29\""));
    }
    assert!(client.get(SMALL).await.has("placeholder=\"2014\""), "the server's day");
    for day in ["2014-02-30", "today", "1"] {
        let refused = client.get(&format!("{SMALL}?on={day}")).await;
        refused.check_page(400);
        assert!(refused.has("办理日期（on）应是一个日期"));
        let refused = client.submit(SMALL, &[("__on", day)]).await;
        refused.check_page(400);
        assert!(refused.has("（__on）"));
    }
}

#[tokio::test]
async fn a_stated_day_travels_with_the_page() {
    let page = Client::new("travels").get(&format!("{SMALL}?on=2016-02-29")).await;
    assert!(page.has(" on=\"2016-02-29\""), "the element decides on the same day");
    assert!(page.has("name=\"__on\" value=\"2016-02-29\""), "the form states it again");
}

#[tokio::test]
async fn a_whole_precheck_without_script() {
    let client = Client::new("whole");
    let mut fields = vec![("__lang", "zh"), ("shop.goods", "food")];
    for (asked, answer) in [("shop.owner", "张三"), ("shop.staff", "3"), ("shop.rented", "true")] {
        let page = client.submit(SMALL, &fields).await;
        page.check_page(200);
        assert!(page.has(&format!("data-question=\"{asked}\"")), "{asked}");
        fields.push((asked, answer));
    }
    fields.extend([("materials.m1", "provided"), ("materials.m2", "missing")]);
    let page = client.submit(SMALL, &fields).await;
    assert!(page.has("data-verdict=\"correctable\"") && page.has("data-material=\"m2\""));
    fields.push(("materials.m2", "provided"));
    fields.retain(|field| *field != ("materials.m2", "missing"));
    let page = client.submit(SMALL, &fields).await;
    page.check_page(200);
    assert!(page.has("data-verdict=\"ready\"") && page.has("datetime=\"2014-11-25\""));
    fields.push(("__reopen", "shop.owner"));
    let page = client.submit(SMALL, &fields).await;
    assert!(page.has("data-question=\"shop.owner\"") && page.has("value=\"张三\""));
}

#[tokio::test]
async fn answers_are_in_no_address() {
    let client = Client::new("addresses");
    let fields = [("shop.goods", "food"), ("shop.owner", "zebra"), ("shop.staff", "77777"), ("other", "zebra")];
    let page = client.submit(SMALL, &fields).await;
    page.check_page(200);
    assert!(page.has("value=\"zebra\"") && page.has("value=\"77777\""));
    for address in page.addresses() {
        assert!(!["zebra", "77777", "food", "?"].iter().any(|part| address.contains(part)), "{address}");
    }
}

#[tokio::test]
async fn a_bad_value_comes_back_as_it_was_typed() {
    let client = Client::new("typed");
    let fields = [
        ("shop.goods", "food"),
        ("shop.owner", "张三"),
        ("shop.staff", " 12a"),
        ("accepted_on.year", "2014"),
        ("accepted_on.month", "13"),
        ("accepted_on.day", "xx"),
        ("__ask", "shop.staff"),
    ];
    let page = client.submit(SMALL, &fields).await;
    page.check_page(200);
    assert!(page.has("data-error=\"shop.staff\"") && page.has("name=\"shop.staff\" value=\" 12a\""));
    assert!(page.has("data-error=\"accepted_on\""));
    assert!(page.has("name=\"accepted_on.month\" value=\"13\"") && page.has("name=\"accepted_on.day\" value=\"xx\""));
}

#[tokio::test]
async fn markup_in_answers_stays_text() {
    let client = Client::new("markup");
    let attack = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'&amp;";
    let fields = [("shop.goods", attack), ("shop.owner", attack), ("shop.staff", attack), (attack, attack)];
    for extra in
        [("__reopen", "shop.owner"), ("__reopen", attack), ("__ask", attack), ("__print", "F-00"), ("__print", "F-01")]
    {
        let page = client.submit(SMALL, &[&fields[..], &[extra]].concat()).await;
        page.check_page(200);
        assert!(!page.has("<script>") && !page.has("<img") && !page.has(attack), "{extra:?}");
    }
    let refused = client.submit(SMALL, &[("__on", attack)]).await;
    refused.check_page(400);
    assert!(!refused.has("<script>"));
}

#[tokio::test]
async fn sheets_are_documents_of_their_own() {
    let client = Client::new("sheets");
    let sheet = async |address, form| {
        let page = client.submit(address, &[("shop.owner", "张三"), ("__print", form)]).await;
        page.check_page(200);
        assert!(page.has(&format!("data-form=\"{form}\"")) && !page.has("<form"), "{form}");
        page
    };
    sheet(SMALL, "F-00").await;
    assert!(sheet(SMALL, "F-01").await.has("张三"));
    for form in ["F-00", "F-03", "F-10"] {
        sheet(REAL, form).await;
    }
    client.submit(SMALL, &[("__print", "F-99")]).await.check_page(404);
}

#[tokio::test]
async fn controls_choose_language_and_size() {
    let client = Client::new("controls");
    let page = client.submit(SMALL, &[("__lang", "en"), ("__large", "1"), ("__lang", "zh"), ("__large", "0")]).await;
    page.check_page(200);
    assert!(page.has("<html lang=\"en\" class=\"large\">") && page.has("Opening a shop"));
}

#[tokio::test]
async fn what_is_wrong_is_said_on_a_page() {
    let client = Client::new("wrong");
    for address in ["/nowhere", "/tests/other", "/tests/pack/more", "/calendars/x", "/favicon.ico"] {
        client.get(address).await.check_page(404);
    }
    let unknown = client.submit("/tests/other", &[("shop.owner", "zebra")]).await;
    unknown.check_page(404);
    assert!(unknown.has("这里没有这个事项，也可能是网址写错了。") && !unknown.has("zebra"));
    client.post("/", FORM, "").await.check_page(405);
    client.post("/%ff/pack", FORM, "").await.check_page(400);
    let refused = client.post(SMALL, JSON, "{}").await;
    refused.check_page(415);
    assert!(refused.has(FORM));
    client.post(SMALL, "multipart/form-data; boundary=x", "--x--").await.check_page(415);
    let large = client.post(SMALL, FORM, format!("shop.owner={}", "a".repeat(1_000_000))).await;
    large.check_page(413);
    assert!(large.has("提交的内容超过了"));
}

#[tokio::test]
async fn nonsense_is_answered() {
    let client = Client::new("nonsense");
    for body in
        ["&&&", "=", "%", "%ff%fe=%00", "a", "shop.goods", "+=+", "__print", "__on=&__lang=fr&__large=7", "\u{feff}=\n"]
    {
        client.post(SMALL, FORM, body.to_owned()).await.check_page(200);
        client.post(REAL, FORM, body.to_owned()).await.check_page(200);
    }
}

#[tokio::test]
async fn the_real_pack_answers_a_small_restaurant() {
    let client = Client::new("restaurant");
    let fields = [
        ("business.activities", "food_circulation"),
        ("business.activities", "catering"),
        ("applicant.kind", "individual_business"),
        ("applicant.registered", "true"),
        ("__on", "2014-06-03"),
    ];
    let page = client.submit(REAL, &fields).await;
    page.check_page(200);
    assert!(page.has("data-item=\"food_circulation\"") && page.has("data-item=\"catering\""));
    assert!(page.has("data-material=\"f01\"") && !page.has("data-item=\"drug_retail\""));
    assert!(page.has("data-due=\"promised\" datetime=\"2014-07-"));
}

#[tokio::test]
async fn a_joint_plan_is_drawn_printed_and_kept_as_a_calendar_file() {
    let mut places = places("joint");
    places.packs.push(here("../../tests/corpus/joint"));
    let client = Client::of(&places);
    let answers = [("serial", "false"), ("allocation", "true"), ("dig", "false"), ("length", "4")];
    let on = [("__on", "2015-03-02")];
    let submit = async |print: &'static str| {
        let fields: Vec<_> = answers.into_iter().chain(on).chain([("__print", print)]).collect();
        client.submit("/corpus/joint", &fields).await
    };
    let page = submit("").await;
    page.check_page(200);
    assert!(page.has("class=\"card joint\"") && page.has("<svg") && page.has("value=\"plan.ics\""));
    let sheet = submit("plan").await;
    sheet.check_page(200);
    assert!(sheet.has("data-form=\"plan\"") && sheet.has("<svg") && sheet.has("<table") && !sheet.has("<form"));
    let file = submit("plan.ics").await;
    assert_eq!(file.status, 200);
    assert_eq!(file.headers["content-type"], "text/calendar; charset=utf-8");
    assert_eq!(file.text.matches("BEGIN:VEVENT\r\n").count(), 5);
    assert!(file.has("DTSTART;VALUE=DATE:20150416\r\n") && file.has("SUMMARY:供地（国土局）"));
    // Without a plan the page comes back with what was answered.
    let open = client.submit("/corpus/joint", &[("allocation", "true"), ("__print", "plan.ics")]).await;
    open.check_page(200);
    assert!(open.has("联办计划还定不下来"));
    client.submit(SMALL, &[("__print", "plan")]).await.check_page(404);
    client.submit(SMALL, &[("__print", "plan.ics")]).await.check_page(200);
}
