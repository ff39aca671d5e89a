//! What is answered stands on the sheet, character for character, or is listed as not printable.

use yichuang_forms::{Lang, el};

use crate::reading::{bare, check, read, words};
use crate::sheets::{Which, form, loose, pdf, sheet, small_pack};

/// Every field has this value; it must read back as it is.
fn survives(value: &str) {
    check(&form([("甲", value), ("乙", value), ("丙", "完")]), "F-99", "栏目");
}

#[test]
fn markup_is_text() {
    for value in [
        "#sys.version #let x = 1 #read(\"/etc/passwd\") #panic()",
        "*粗* _斜_ `码` $x^2$ = 题 - 项 + 项 / 词: 义 @ref <label> \\u{41} \\ // 注 /* 注 */ ~ -- --- ...",
        "<b>粗</b><script>alert(1)</script>&amp;&lt; \"引\" '引' ]] [[ }} {{ #]",
        "office ffi fl fj -> => << >> 1/2 (c)",
        "'; DROP TABLE forms; -- %s %d ${x} {{x}} \\n \\0",
    ] {
        survives(value);
    }
}

#[test]
fn rare_characters_survive() {
    for value in [
        "𠮷𫚭𬱖𡘙𪨰龘䶮〇㐂㛃䲜",
        "⼀⼁一丨⽂文⾦金",
        "“”‘’《》〈〉【】〔〕、。，；：？！…—·￥％＃＆＊",
        "①②③ⅠⅡⅢ㎡㎏℃№°±×÷≤≥≠√□■○●△▲☆★→←↑↓",
        "éèüñøßÀΩЖкпあいうアイウㄅㄆ",
        "𠀀𠀁𪜀𫝀𫠠𬺡𪚥",
    ] {
        survives(value);
    }
}

#[test]
fn what_no_font_has_is_shown_and_listed() {
    let rows = [
        ("名称", "😀店\u{7}\u{7}名"),
        ("方向", "张\u{202e}三\u{2066}四"),
        ("空", "零\u{200b}宽\u{feff}"),
        ("别的", "⛄〓\u{e000}\u{10ffff}\u{ffff}"),
        ("文字", "سلام ཀ ᠠ"),
        ("好的", "没有问题"),
    ];
    let read = read(&pdf(&form(rows)), "F-99", "栏目");
    let table = "名称〓店〓〓名方向张〓三〓四空零〓宽〓别的〓〓〓〓〓文字〓〓〓〓〓〓好的没有问题";
    let list = "本表中的“〓”代替字库里没有的字，依次为：\
        名称：U+1F600、U+0007×2；方向：U+202E、U+2066；空：U+200B、U+FEFF；\
        别的：U+26C4、U+3013、U+E000、U+10FFFF、U+FFFF；文字：U+0633、U+0644、U+0627、U+0645、U+0F40、U+1820。";
    assert_eq!(read, format!("试验表栏目{table}{list}"));
}

#[test]
fn an_emoji_in_every_field_is_still_a_sheet() {
    let emoji = "👩‍👩‍👧‍👦🇨🇳☑️☐";
    let tree = el("article")
        .attr("data-form", emoji)
        .attr("data-watermark", emoji)
        .child(el("h1").text(emoji))
        .child(el("h2").text(emoji))
        .child(el("p").class("declare").text(emoji))
        .child(el("section").child(el("h3").text(emoji)).child(el("p").text(emoji)))
        .child(el("table").child(el("caption").text(emoji)).child(el("tr").child(el("td").text(emoji))))
        .child(el("ul").class("signatures").child(el("li").child(el("span").text(emoji))))
        .child(el("ul").class("options").child(el("li").child(el("span").class("box")).child(el("span").text(emoji))));
    let mut sheet = loose(tree);
    sheet.case = Some(emoji.to_owned());
    let text = bare(&crate::poppler::pages(&pdf(&sheet)).concat());
    assert!(text.contains("U+1F469、U+200D、U+1F469") && text.contains("U+2611、U+FE0F"), "{text}");
}

#[test]
fn marks_that_pile_up_cannot_stop_a_sheet() {
    let marks: String = ('\u{300}'..'\u{370}').collect();
    for base in ["e", "好", "", "あ", "か\u{3099}は\u{309a}", "ᄀ\u{1161}\u{11a8}", "ก\u{e33}"] {
        let text = bare(&crate::poppler::pages(&pdf(&form([("甲", format!("{base}{marks}末").as_str())]))).concat());
        assert!(text.contains('末'), "{text}");
    }
}

#[test]
fn a_very_long_value_wraps_and_goes_on_over_pages() {
    for (name, unit, times) in [
        ("字", "福建省莆田市荔城区镇海街道", 1500),
        ("数", "0123456789", 800),
        ("地址", "https://example.invalid/a?b=c&d=", 250),
        ("标点", "。、」）！", 700),
        ("大写", "WWWWMMMM", 400),
        ("横", "——……", 600),
    ] {
        check(&form([("前", "一"), (name, unit.repeat(times).as_str()), ("后", "二")]), "F-99", "栏目");
    }
}

#[test]
fn lines_of_an_answer_are_lines_of_the_sheet() {
    let pages = crate::poppler::pages(&pdf(&form([("甲", "一行\n二行\r\n三行\r四行\u{2028}五行\u{b}六")])));
    for line in ["一行", "二行", "三行", "四行", "五行〓六"] {
        assert!(pages[0].lines().any(|read| read.trim_start_matches("甲 ") == line), "{line}: {}", pages[0]);
    }
}

#[test]
fn a_table_of_two_hundred_rows_says_its_titles_on_each_page() {
    let cell = |text: String| el("td").text(text);
    let row = |at: usize| {
        let long = "很长的住址".repeat(1 + at % 7);
        el("tr").children([
            cell(format!("{at}")),
            cell(format!("股东{at}𠮷")),
            cell(format!("35030019{at:04}01011234")),
            cell(format!("{at}.50")),
            cell(long),
        ])
    };
    let titles = ["序号", "姓名", "身份证号", "出资额（万元）", "住址"];
    let head = el("thead").child(el("tr").children(titles.map(|title| el("th").attr("scope", "col").text(title))));
    let table =
        el("table").child(el("caption").text("股东")).child(head).child(el("tbody").children((1..=200).map(row)));
    let sheet = loose(el("article").attr("data-form", "F-11").child(el("h1").text("登记")).child(table));
    check(&sheet, "F-11", &format!("股东{}", titles.concat()));
    let pages = crate::poppler::pages(&pdf(&sheet));
    assert!(pages.len() > 5 && pages.iter().all(|page| bare(page).contains("股东序号姓名")), "{}", pages.len());
}

#[test]
fn a_form_of_two_hundred_fields_loses_none() {
    let rows: Vec<(String, String)> = (0..200).map(|at| (format!("第{at}栏"), format!("值{at}号"))).collect();
    check(&form(rows.iter().map(|(label, value)| (label.as_str(), value.as_str()))), "F-99", "栏目");
}

#[test]
fn every_ideograph_that_is_covered_reads_back() {
    // All of Unified Ideographs and extension A, and of the 42,720 of extension B every eighth.
    let ranges = [('\u{4e00}'..='\u{9fff}', 1), ('\u{3400}'..='\u{4dbf}', 1), ('\u{20000}'..='\u{2a6df}', 8)];
    for (range, step) in ranges {
        let value: String = range.step_by(step).collect();
        let read = read(&pdf(&form([("甲", value.as_str())])), "F-99", "栏目");
        let (value_read, list) = read.split_once("本表中的").unwrap_or((&read, ""));
        let printed = value_read.strip_prefix("试验表栏目甲").unwrap();
        let wrong: Vec<(char, char)> =
            value.chars().zip(printed.chars()).filter(|(a, b)| a != b && *b != '〓').collect();
        assert_eq!((wrong, printed.chars().count()), (vec![], value.chars().count()));
        let replaced = value.chars().zip(printed.chars()).filter(|(_, b)| *b == '〓').map(|(a, _)| a);
        let codes: Vec<String> = replaced.map(|c| format!("U+{:04X}", u32::from(c))).collect();
        let listed = list.strip_prefix("“〓”代替字库里没有的字，依次为：甲：").unwrap_or(list).trim_end_matches('。');
        assert_eq!(listed, codes.join("、"));
        // Noto Serif CJK of 2022 has all of the first two but for a few characters of Unicode 14.
        assert!(codes.len() < 50, "{} characters are not covered", codes.len());
    }
}

const FIELDS: &str = "
规则包: {名称: 试验, 版本: '1'}
情形:
- {id: accepted_on, 名称: 受理日期, 类型: 日期, 用途: 受理日期, 未答时按: 当日}
- {id: name, 名称: 名称, 类型: 文本, 问法: 名称？}
- {id: staff, 名称: 人数, 类型: 整数, 单位: 人, 问法: 几个人？}
- {id: chain, 名称: 连锁, 类型: 是否, 问法: 是连锁吗？}
- {id: kind, 名称: 类型, 类型: 单选, 问法: 哪一类？, 选项: [{id: a, 名称: 企业}, {id: b, 名称: 个体}]}
- {id: does, 名称: 活动, 类型: 多选, 问法: 做什么？, 选项: [{id: x, 名称: 生产}, {id: y, 名称: 销售}, {id: z, 名称: 餐饮}]}
事项:
- {id: food, 名称: 食品经营许可, 申请条件: 人数 >= 1 && 连锁 && 类型 == 企业 && 活动 包含 生产, 法定时限: {天数: 20, 依据: 本包默认 示例}, 依据: 本包默认 示例}
承诺时限: {天数: 5, 依据: 本包默认 示例}
材料:
- {id: form, 名称: 申请表, 原件: 1, 适用事项: [food], 依据: 本包默认 示例}
表单:
- id: F-01
  名称: 申请表
  栏目:
  - 标题: 申请人
    栏:
    - {id: name, 标签: 名称, 情形: name}
    - {id: staff, 标签: 人数, 情形: staff}
    - {id: chain, 标签: 是否连锁, 情形: chain}
    - {id: kind, 标签: 类型, 情形: kind}
    - {id: does, 标签: 活动, 情形: does}
    - {id: hand, 标签: 签收, 手填: 真}
";

#[test]
fn answers_of_every_kind_come_through_the_reader_to_the_sheet() {
    let bundle = small_pack(FIELDS);
    let answers = |name: &str| {
        let name = name.replace('\\', "\\\\").replace('"', "\\\"").replace('\u{1b}', "\\u001b");
        format!(r#"{{"name": "{name}", "staff": 12, "chain": true, "kind": "b", "does": ["x", "z"]}}"#)
    };
    for (name, printed) in [
        ("*莆田* #市<b>&amp;𠮷龘药店", "*莆田*#市<b>&amp;𠮷龘药店"),
        ("\\u{41}“九证”\"合一\"", "\\u{41}“九证”\"合一\""),
        ("\u{1b}[31m红😀", "〓[31m红〓"),
    ] {
        let sheet = sheet(&bundle, &answers(name), Which::Form("F-01"), Lang::Zh);
        let text = bare(&crate::poppler::pages(&pdf(&sheet)).concat());
        let wanted = format!(
            "申请表申请人名称{printed}人数12人是否连锁是否类型企业个体活动生产销售餐饮签收表号F-01，由预审填写"
        );
        assert!(text.starts_with(&wanted), "{text}");
    }
}

#[test]
fn a_blank_form_holds_no_answer() {
    let bundle = small_pack(FIELDS);
    let answers = r#"{"name": "莆田药店", "staff": 12, "chain": true, "kind": "b", "does": ["x"]}"#;
    let blank = sheet(&bundle, answers, Which::Blank("F-01"), Lang::Zh);
    assert_eq!(words(&blank.tree), "申请表申请人名称人数是否连锁是否类型企业个体活动生产销售餐饮签收表号F-01");
    check(&blank, "F-01", "");
    assert_eq!(blank.tree, sheet(&bundle, "{}", Which::Blank("F-01"), Lang::Zh).tree);
}

const ROWS: &str = "
规则包: {名称: 试验, 版本: '1'}
情形:
- {id: accepted_on, 名称: 受理日期, 类型: 日期, 用途: 受理日期, 未答时按: 当日}
- id: holders
  名称: 股东
  类型: 名单
  问法: 有哪些股东？
  最多行: 300
  列:
  - {id: name, 名称: 姓名, 类型: 文本}
  - {id: amount, 名称: 出资额, 类型: 金额}
  - {id: shares, 名称: 持股, 类型: 名单, 列: [{id: company, 名称: 公司, 类型: 文本}, {id: amount, 名称: 金额, 类型: 金额}]}
事项:
- {id: food, 名称: 食品经营许可, 申请条件: 股东.个数() >= 1, 法定时限: {天数: 20, 依据: 本包默认 示例}, 依据: 本包默认 示例}
承诺时限: {天数: 5, 依据: 本包默认 示例}
材料:
- {id: form, 名称: 申请表, 原件: 1, 适用事项: [food], 依据: 本包默认 示例}
表单:
- id: F-11
  名称: 申请书
  栏目:
  - 标题: 公司
    栏:
    - {id: before, 标签: 前, 手填: 真}
    - {id: holders, 标签: 股东名录, 情形: holders}
    - {id: after, 标签: 后, 手填: 真}
";

#[test]
fn rows_of_an_answer_are_rows_of_a_table() {
    let bundle = small_pack(ROWS);
    let row = |at: usize| {
        let shares = r##"[{"company": "*甲*#司", "amount": "1.00"}, {"company": "𠮷", "amount": "2.50"}]"##;
        format!(r#"{{"name": "股东{at}龘", "amount": "{at}.50", "shares": {shares}}}"#)
    };
    let rows: Vec<String> = (1..=200).map(row).collect();
    let filled = sheet(&bundle, &format!(r#"{{"holders": [{}]}}"#, rows.join(",")), Which::Form("F-11"), Lang::Zh);
    let text = read(&pdf(&filled), "F-11", "股东名录姓名出资额持股");
    let printed = |at: usize| format!("股东{at}龘{at}.50元1.*甲*#司，1.00元2.𠮷，2.50元");
    let all: String = (1..=200).map(printed).collect();
    let wanted = format!("申请书公司前股东名录姓名出资额持股{all}后表号F-11，由预审填写");
    assert!(text.starts_with(&wanted), "{text}");
    let blank = sheet(&bundle, "{}", Which::Blank("F-11"), Lang::Zh);
    assert_eq!(words(&blank.tree), "申请书公司前股东名录姓名出资额持股后表号F-11");
}
