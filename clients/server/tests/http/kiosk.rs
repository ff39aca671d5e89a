use yichuang_engine::Date;
use yichuang_server::{Hall, KioskOptions, app};

use crate::client::{Client, places};

#[tokio::test]
async fn the_kiosk_has_every_pack_in_both_languages_and_no_way_out() {
    let client = Client::new("kiosk");
    let page = client.get("/kiosk").await;
    page.check_page(200);
    assert!(page.has("<html lang=\"zh-CN\" class=\"kiosk\">") && page.has("data-idle=\"90\""));
    assert!(page.has("测试中心") && page.has("开始预审") && page.has("Start in English") && page.has("清除全部"));
    assert!(page.has("开店登记预审") && page.has("Opening a shop") && page.has("data-id=\"putian/nine-in-one\""));
    let listing = client.get("/api/v1/packs").await;
    let packs: Vec<&str> = page.text.split("data-pack=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(packs.len() > 1 && packs.into_iter().all(|pack| listing.has(pack)));
    assert!(!page.has("<a ") && !page.has("<form") && !page.has("data-on=") && !page.has("data-phone=\"http"));
}

#[tokio::test]
async fn its_day_is_stated_and_its_options_are_taken() {
    let hall = Hall::load(&places("kiosk-options"), Date::parse("2014-11-18")).unwrap();
    let options = KioskOptions { kiosk_idle: 45, kiosk_phone: Some("https://hall.example".into()) };
    let client = Client::over(app(hall.with_kiosk(options)));
    let page = client.get("/kiosk?on=2016-02-29").await;
    page.check_page(200);
    let has_all = ["data-idle=\"45\"", "data-phone=\"https://hall.example\"", "data-on=\"2016-02-29\""];
    assert!(has_all.into_iter().all(|part| page.has(part)));
    client.get("/kiosk?on=2016-02-30").await.check_page(400);
}
