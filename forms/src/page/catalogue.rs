//! The catalogue: what can be pre-checked, city by city.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::Pack;

use super::Site;
use super::shell::{header, main, other_lang, script, skip, whole};
use crate::{Element, Lang, Tree, el};

/// A pack in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The pack's id, which is its address.
    pub id: String,
    /// Its title.
    pub name: String,
    /// One sentence for the citizen.
    pub summary: String,
    /// The city or county.
    pub region: String,
    /// The authority.
    pub authority: String,
    /// The items, as a list.
    pub items: Vec<String>,
}

impl Card {
    /// The card of a pack.
    #[must_use]
    pub fn of(pack: &Pack, lang: Lang) -> Card {
        Card {
            id: pack.id.clone(),
            name: lang.pick(&pack.name).into(),
            summary: lang.pick(&pack.summary).into(),
            region: lang.pick(&pack.window.region).into(),
            authority: lang.pick(&pack.window.authority).into(),
            items: pack.items.iter().map(|item| lang.pick(&item.name).to_string()).collect(),
        }
    }

    /// The part of the address that all packs of the city share: `putian`.
    fn place(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }
}

/// The document of the catalogue: the packs of each city together, in the order in which the cities
/// come first; links to the cities where there are several.
#[must_use]
pub fn catalogue_document(cards: &[Card], lang: Lang, site: &Site<'_>) -> Tree {
    let mut cities: Vec<Vec<&Card>> = Vec::new();
    for card in cards {
        match cities.iter_mut().find(|city| city.first().is_some_and(|first| first.place() == card.place())) {
            Some(city) => city.push(card),
            None => cities.push(Vec::from([card])),
        }
    }
    let title = lang.word("要办什么事？", "What do you want to do?");
    let lead = lang.word(
        "选一件事，回答几个问题，马上知道要办什么、带什么、几天办好。",
        "Choose one, answer a few questions, and see at once what to apply for, what to bring and when it will be done.",
    );
    let main = main()
        .class("wrap catalogue")
        .child(el("h1").text(title))
        .child(el("p").class("lead").text(lead))
        .child((cities.len() > 1).then(|| links(&cities, lang)))
        .children(cities.iter().map(|city| self::city(city, lang)))
        .child(for_clerks(lang));
    let (other, name) = other_lang(lang);
    let switch = el("a")
        .attr("href", format!("/?lang={other}"))
        .attr("lang", if other == "zh" { "zh-CN" } else { "en" })
        .text(name);
    let body = [skip(lang), header(site, lang, Vec::from([switch])), main];
    whole(lang, false, lang.word("事项目录", "Catalogue"), Some(script("offline.js")), body)
}

/// What is there beside the items.
fn for_clerks(lang: Lang) -> Element {
    let address = lang.word("/case", "/case?lang=en");
    let link = el("a").attr("href", address).text(lang.word("办件时限计算", "Case clock"));
    let what = lang.word("：到期日、红黄灯、文书", ": last days, lamps, documents");
    el("footer").class("also").child(el("p").child(link).text(what))
}

/// Links to the cities.
fn links(cities: &[Vec<&Card>], lang: Lang) -> Element {
    let link = |city: &Vec<&Card>| {
        let first = city.first()?;
        Some(el("li").child(el("a").attr("href", format!("#{}", first.place())).text(&*first.region)))
    };
    el("nav")
        .attr("aria-label", lang.word("按地区找", "By city"))
        .child(el("ul").class("cities").children(cities.iter().filter_map(link)))
}

/// The packs of a city.
fn city(city: &[&Card], lang: Lang) -> Option<Element> {
    let first = city.first()?;
    let place = first.place();
    Some(
        el("section")
            .attr("aria-labelledby", place)
            .child(el("h2").id(place).text(&*first.region))
            .child(el("ul").class("cards").children(city.iter().map(|card| self::card(card, lang)))),
    )
}

fn card(card: &Card, lang: Lang) -> Element {
    let items = card.items.join(lang.word("、", ", "));
    el("li")
        .class("card")
        .child(el("p").class("crumb").text(&*card.authority))
        .child(el("h3").child(el("a").attr("href", format!("/{}", card.id)).text(&*card.name)))
        .child(el("p").text(&*card.summary))
        .child(el("p").class("sub").text(items))
}
