//! Drafts as files: saved by a button, opened by a form.

use crate::client::{Client, Reply};

const REAL: &str = "/putian/nine-in-one";
const ANSWERS: [(&str, &str); 3] =
    [("business.activities", "drug_retail"), ("applicant.uscc", "<b>\u{7f}𠮷"), ("staff.unknown", "x")];

async fn saved(client: &Client, file: &str) -> Reply {
    client.submit(REAL, &[&ANSWERS[..], &[("__print", file)]].concat()).await
}

async fn opened(client: &Client, address: &str, file: &str, lang: &str) -> Reply {
    let part = |name: &str, more: &str, value: &str| {
        format!("--x7\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}\r\n")
    };
    let parts = [part("__lang", "", lang), part("draft", "; filename=\"a.html\"", file)].concat();
    let body = format!("{parts}--x7--\r\n");
    client.post(&format!("{address}/draft"), "multipart/form-data; boundary=x7", body).await
}

#[tokio::test]
async fn a_draft_is_a_file_that_opens_again_with_every_answer() {
    let client = Client::new("draft-file");
    for (file, kind) in [("draft.html", "text/html; charset=utf-8"), ("draft.json", "application/json")] {
        let saved = saved(&client, file).await;
        assert_eq!((saved.status, saved.header("content-type")), (axum::http::StatusCode::OK, kind));
        let name = format!("attachment; filename=\"putian-nine-in-one{}\"", file.trim_start_matches("draft"));
        assert_eq!(saved.header("content-disposition"), name);
        let page = opened(&client, REAL, &saved.text, "zh").await;
        page.check_page(200);
        assert!(page.has("草稿打开了") && page.has("药品零售") && page.has("staff.unknown"));
        let again = self::saved(&client, file).await;
        assert_eq!(again.text, saved.text);
    }
}

#[tokio::test]
async fn a_draft_of_other_rules_says_what_changed() {
    let client = Client::new("draft-old");
    let old = r#"{"yichuang":"draft/1","pack":"putian/nine-in-one","edition":"2013-01","digest":"0","lang":"zh",
        "answers":{"business.activities":["drug_retail"],"old.fact":"1"},
        "facts":{"business.activities":["活动","药品零售"],"old.fact":["旧问题","一"]}}"#;
    let page = opened(&client, REAL, old, "zh").await;
    page.check_page(200);
    assert!(
        page.has("data-change=\"gone\"") && page.has("data-change=\"reworded\"") && page.has("data-change=\"new\"")
    );
    assert!(page.has("name=\"old.fact\" value=\"1\""), "the answer goes along");
    let english = opened(&client, REAL, old, "en").await;
    assert!(english.has("All your answers are kept"));
}

#[tokio::test]
async fn what_is_no_draft_of_this_pack_is_refused_where_it_was_chosen() {
    let client = Client::new("draft-bad");
    let chosen = client.get(&format!("{REAL}/draft")).await;
    chosen.check_page(200);
    assert!(chosen.has("enctype=\"multipart/form-data\"") && chosen.has("草稿文件"));
    for file in ["", "{}", "\u{0}", "<p>", r#"{"yichuang":"draft/1","pack":"a/b","answers":{}}"#] {
        let refused = opened(&client, REAL, file, "zh").await;
        refused.check_page(200);
        assert!(refused.has("id=\"file-error\"") && refused.has("有误：打开草稿文件"), "{file}: {}", refused.text);
    }
    for (kind, body) in [("multipart/form-data", "x"), ("multipart/form-data; boundary=x7", "--x7\r\n\r\n")] {
        client.post(&format!("{REAL}/draft"), kind, body).await.check_page(200);
    }
    client.submit(&format!("{REAL}/draft"), &[("draft", "{}")]).await.check_page(415);
}
