//! The command and folders for its tests.
#![allow(dead_code, reason = "not every test needs everything")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub(crate) fn pack() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/packs/putian/nine-in-one")
}

/// A fresh folder for one test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

pub(crate) fn yichuang(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_yichuang"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that stops before it reads closes the pipe; that is its right.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A fresh folder with a small pack that is sound and not formatted.
pub(crate) fn shop(name: &str) -> PathBuf {
    let folder = folder(name).join("packs/demo/shop");
    std::fs::create_dir_all(folder.join("cases")).unwrap();
    std::fs::write(folder.join("pack.yaml"), SHOP).unwrap();
    std::fs::write(folder.join("cases/one.yaml"), CASES).unwrap();
    folder
}

pub(crate) const SHOP: &str = "# 开店
规则包: {名称: 开店,版本: '1'}
情形:
- {id: accepted_on, 名称: 受理日期, 类型: 日期, 用途: 受理日期, 未答时按: 当日}
- {id: staff, 名称: 人数, 类型: 整数, 问法: 几个人？}
事项:
- id: food
  名称: 食品经营许可
  申请条件: 人数>=1   # 有人
  法定时限: {天数: 20, 依据: 本包默认 示例}
  依据: 本包默认 示例
承诺时限: {天数: 5, 依据: 本包默认 示例}
材料:
- {id: form, 名称: 申请表, 原件: 1, 适用事项: [food], 依据: 本包默认 示例}
";

pub(crate) const SHOP_FORMATTED: &str = "# 开店
规则包: {名称: 开店, 版本: 1}

情形:
  - {id: accepted_on, 名称: 受理日期, 类型: 日期, 用途: 受理日期, 未答时按: 当日}
  - {id: staff, 名称: 人数, 类型: 整数, 问法: 几个人？}

事项:
  - id: food
    名称: 食品经营许可
    申请条件: 人数 >= 1  # 有人
    法定时限: {天数: 20, 依据: 本包默认 示例}
    依据: 本包默认 示例

承诺时限: {天数: 5, 依据: 本包默认 示例}

材料:
  - {id: form, 名称: 申请表, 原件: 1, 适用事项: [food], 依据: 本包默认 示例}
";

pub(crate) const CASES: &str = "用例:
  - 名称: 一个人
    办理日期: 2014-11-18
    填报: {staff: 1}
    预期: {items: [food]}
";
