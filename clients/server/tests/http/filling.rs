//! Forms that are filled in, without script.

use crate::client::Client;

const REAL: &str = "/putian/nine-in-one";

#[tokio::test]
async fn a_form_is_opened_by_its_address_and_by_the_button_of_the_result() {
    let client = Client::new("fill-open");
    let page = client.get(&format!("{REAL}?form=F-10")).await;
    page.check_page(200);
    assert!(page.has("<form id=\"filling\"") && page.has("食品药品生产经营许可申请表"));
    let result = client.submit(REAL, &[("business.activities", "drug_retail")]).await;
    assert!(result.has("name=\"__form\" value=\"*\""));
    let all = client.submit(REAL, &[("business.activities", "drug_retail"), ("__form", "*")]).await;
    all.check_page(200);
    assert!(all.has("<form id=\"filling\""));
    assert!(all.has("name=\"business.activities\" value=\"drug_retail\""), "what was answered goes along");
}

#[tokio::test]
async fn a_form_that_is_not_there_is_refused_and_one_that_is_left_gives_the_pre_check_back() {
    let client = Client::new("fill-none");
    for form in ["F-99", "F-02", "<script>", "％"] {
        client.submit(REAL, &[("__form", form)]).await.check_page(404);
    }
    for fields in [[("__form", "F-10"), ("__go", "precheck")], [("__form", ""), ("__go", "next")]] {
        let page = client.submit(REAL, &fields).await;
        page.check_page(200);
        assert!(page.has("<yc-precheck "));
    }
    let none = client.submit(REAL, &[("__form", "*")]).await;
    none.check_page(200);
}

#[tokio::test]
async fn going_on_stops_at_an_error_and_the_title_says_so() {
    let client = Client::new("fill-error");
    let fields = [("__form", "F-10"), ("__at", "applicant.kind"), ("__go", "next"), ("applicant.uscc", "<b>&\u{1}")];
    let page = client.submit(REAL, &fields).await;
    page.check_page(200);
    assert!(page.has("<title>有 "), "the title says that something is wrong");
    assert!(page.has("href=\"#q-applicant.uscc\"") && page.has("id=\"q-applicant.uscc\""));
    assert!(page.has("value=\"&lt;b&gt;&amp;\u{fffd}\""), "what was typed is still there");
    let english = client.submit(REAL, &[&fields[..], &[("__lang", "en")]].concat()).await;
    assert!(english.has("<html lang=\"en\"") && english.has("to look at: "));
}

#[tokio::test]
async fn a_stated_day_and_the_size_travel_with_a_form() {
    let client = Client::new("fill-day");
    let page = client.submit(REAL, &[("__form", "F-10"), ("__on", "2014-11-18"), ("__large", "1")]).await;
    page.check_page(200);
    assert!(page.has("form=\"filling\" name=\"__on\" value=\"2014-11-18\""));
    assert!(page.has("class=\"large\"") && page.has("name=\"__layout\" value=\"questions\""));
}

#[tokio::test]
async fn nonsense_in_the_controls_of_a_form_is_taken_as_nothing() {
    let client = Client::new("fill-nonsense");
    for (name, value) in
        [("__at", "\u{0}"), ("__go", "nowhere"), ("__go", "__review"), ("__layout", "wide"), ("__ask", "x")]
    {
        client.submit(REAL, &[("__form", "F-10"), (name, value)]).await.check_page(200);
    }
}
