//! Random trees, written in random ways, with comments and blank lines wherever they may stand.

/// A file.
pub(super) struct Written {
    pub(super) text: String,
    /// Its comments are `# 注0;`, `# 注1;` and so on.
    pub(super) comments: usize,
}

/// The file that a tape of random bytes stands for; an empty tape is a short one.
pub(super) fn written(tape: &[u8]) -> Written {
    let mut pen = Pen { tape, text: String::new(), comments: 0 };
    if pen.one_in(12) {
        pen.text.push_str("---");
        pen.line_end();
    }
    pen.between();
    match pen.below(8) {
        0 => pen.sequence(0, 0),
        1 => pen.flow_line(0),
        _ => pen.mapping(0, 0),
    }
    pen.between();
    if pen.one_in(12) {
        pen.text = pen.text.replace('\n', "\r\n");
    } else if pen.one_in(12) {
        pen.text = pen.text.trim_end().to_owned();
    }
    Written { text: pen.text, comments: pen.comments }
}

const KEYS: &[&str] = &[
    "a", "条件", "'b c'", "填报", "any", "\"d: e\"", "名称", "when", "f-g", "预期", "value", "'#h'", "'it''s'", "全部",
];

const PLAIN: &[&str] = &[
    "甲",
    "1",
    "-3",
    "a b",
    "https://x.cn/a?b=c#d",
    "2014-09-26",
    "a:b",
    "a#b",
    "说明，好",
    "x'y",
    "甲 \"乙\"",
    "-x",
    "a  b",
    "真",
    "~",
    "$",
    "不要?",
];

const QUOTED: &[&str] = &[
    "'甲'",
    "\"乙\"",
    "''",
    "\"\"",
    "'a: b'",
    "\"x\\ty\"",
    "'it''s'",
    "\"it's\"",
    "'- a'",
    "'[x'",
    "'a, b'",
    "'{a}'",
    "'x #y'",
    "'名称：值'",
    "'?x'",
    "'# no'",
    "\"'\"",
    "'\"x\" y'",
    "'   '",
    "\"a\\nb\"",
    "'~'",
    "'-1'",
    "'...'",
    "'---'",
    "'%a'",
    "'@'",
    "'x:'",
    "\"\\u200b\"",
    "\"\\\\\"",
    "'a\\b'",
    "\"\\\"q\\\"\"",
    "'  x'",
    "'x '",
    "'|'",
    "'&a'",
    "'*a'",
    "'!a'",
    "'<<'",
    "'`'",
];

const EXPRESSIONS: &[&str] = &[
    "甲>=1",
    "(甲+ 乙)*2",
    "f( 甲 ,乙 )",
    "甲 且 !乙",
    "- 5",
    "a -5",
    "a - -5",
    "'丙 属于 [子,丑 ]'",
    "\"甲==乙\"",
    "如果 甲{ 1 }否则{2}",
    "甲 . 乙.丙 > 3",
    "甲 <",
    "'\"文字  空\"==甲'",
    "甲   或   乙",
    "'名单.any(|r|r.x>5 , 2)'",
    "甲 包含  子",
    "'[甲,乙,]'",
    "1.50",
    "甲 /* x */ 且 乙",
    "'!甲'",
    "a!=b",
    "'a ==  \"it''s\"'",
    "甲 且非 乙",
    "f ()",
    "((甲))",
];

struct Pen<'t> {
    tape: &'t [u8],
    text: String,
    comments: usize,
}

impl Pen<'_> {
    fn below(&mut self, count: usize) -> usize {
        let Some((first, rest)) = self.tape.split_first() else { return 0 };
        self.tape = rest;
        usize::from(*first) % count
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }

    fn pick(&mut self, from: &[&str]) {
        let picked = from[self.below(from.len())];
        self.text.push_str(picked);
    }

    fn spaces(&mut self, count: usize) {
        self.text.push_str(&" ".repeat(count));
    }

    fn comment(&mut self) {
        self.text.push_str(&format!("# 注{};", self.comments));
        self.comments += 1;
        if self.one_in(4) {
            self.text.push_str(" 且 x  ");
        }
    }

    /// The end of a line, perhaps with a comment.
    fn line_end(&mut self) {
        if self.one_in(5) {
            let spaces = 1 + self.below(3);
            self.spaces(spaces);
            self.comment();
        } else if self.one_in(9) {
            self.text.push_str("  ");
        }
        self.text.push('\n');
    }

    /// Blank lines and comments between entries, at any column.
    fn between(&mut self) {
        while self.one_in(4) {
            let column = self.below(9);
            if self.one_in(2) {
                self.spaces(column);
                self.comment();
            }
            self.text.push('\n');
        }
    }

    fn mapping(&mut self, indent: usize, depth: usize) {
        let from = self.below(KEYS.len());
        for place in 0..1 + self.below(4) {
            if place > 0 {
                self.between();
                self.spaces(indent);
            }
            let key = KEYS[(from + place) % KEYS.len()];
            if self.one_in(20) {
                self.text.push_str(&format!("? {key}"));
                self.line_end();
                self.spaces(indent);
            } else {
                self.text.push_str(key);
            }
            self.text.push(':');
            self.value(indent, depth, true);
        }
    }

    fn sequence(&mut self, indent: usize, depth: usize) {
        for place in 0..1 + self.below(4) {
            if place > 0 {
                self.between();
                self.spaces(indent);
            }
            self.text.push('-');
            self.value(indent, depth, false);
        }
    }

    /// What follows `key:` or `-`, up to its line end.
    fn value(&mut self, indent: usize, depth: usize, in_mapping: bool) {
        let kind = self.below(if depth < 4 { 14 } else { 10 });
        match kind {
            0 => self.line_end(),
            1..=5 => {
                self.text.push(' ');
                self.scalar(false);
                self.line_end();
            }
            6 => self.lines(indent),
            7 => self.block(indent),
            8 | 9 => {
                self.text.push(' ');
                self.flow_line(indent);
            }
            _ => self.nested(indent, depth + 1, in_mapping),
        }
    }

    /// A mapping or list below a key, or behind a dash.
    fn nested(&mut self, indent: usize, depth: usize, in_mapping: bool) {
        let is_mapping = self.one_in(2);
        let compact = !in_mapping && !self.one_in(3);
        let step = match (compact, in_mapping && !is_mapping) {
            (true, _) => {
                let spaces = 1 + self.below(3);
                self.spaces(spaces);
                spaces + 1
            }
            (false, may_align) => {
                self.line_end();
                self.between();
                let step = self.below(4) + usize::from(!may_align);
                self.spaces(indent + step);
                step
            }
        };
        match is_mapping {
            true => self.mapping(indent + step, depth),
            false => self.sequence(indent + step, depth),
        }
    }

    fn scalar(&mut self, flow: bool) {
        match self.below(4) {
            0 | 1 => self.pick(PLAIN),
            2 => self.pick(QUOTED),
            _ => {
                let picked = EXPRESSIONS[self.below(EXPRESSIONS.len())];
                let quoted = picked.starts_with(['\'', '"']);
                if flow && !quoted && picked.contains([',', '[', '{']) {
                    self.text.push_str(&format!("'{picked}'"));
                } else {
                    self.text.push_str(picked);
                }
            }
        }
    }

    /// A text over several lines.
    fn lines(&mut self, indent: usize) {
        let quote = ["", "'", "\""][self.below(3)];
        self.text.push_str(&format!(" {quote}x y"));
        for _ in 0..1 + self.below(3) {
            if quote == "\"" && self.one_in(3) {
                self.text.push_str(" \\");
            }
            let breaks = 1 + self.below(2);
            self.text.push_str(&"\n".repeat(breaks));
            let pad = indent + 1 + self.below(4);
            self.spaces(pad);
            self.text.push_str("接着 z");
            if self.one_in(4) {
                self.text.push_str("  ");
            }
        }
        self.text.push_str(quote);
        self.line_end();
    }

    /// Lines after `|` or `>`.
    fn block(&mut self, indent: usize) {
        let step = 1 + self.below(4);
        self.text.push(' ');
        self.pick(&["|", ">"]);
        let told = self.one_in(3);
        if told {
            self.text.push_str(&step.to_string());
        }
        self.pick(&["", "-", "+"]);
        self.line_end();
        for place in 0..self.below(4) {
            if self.one_in(4) {
                let spaces = self.below(indent + step);
                self.spaces(spaces);
                self.text.push('\n');
            }
            // The first line tells the indentation, unless the header does.
            let more = if place == 0 && !told { 0 } else { 2 * self.below(2) };
            self.spaces(indent + step + more);
            self.pick(&["甲 且 乙", "# 不是注释", "- x: [", "y  ", "a:"]);
            self.text.push('\n');
        }
        let blank = self.below(3);
        self.text.push_str(&"\n".repeat(blank));
    }

    fn flow_line(&mut self, indent: usize) {
        self.flow(indent, 0);
        self.line_end();
    }

    fn flow(&mut self, indent: usize, depth: usize) {
        let is_mapping = self.one_in(2);
        self.text.push_str(if is_mapping { "{" } else { "[" });
        let count = if self.one_in(6) { 12 } else { self.below(4) };
        let from = self.below(KEYS.len());
        for place in 0..count {
            self.gap(indent);
            if is_mapping {
                self.text.push_str(KEYS[(from + place) % KEYS.len()]);
                if self.one_in(8) {
                    self.gap(indent);
                    self.text.push(',');
                    continue;
                }
                self.text.push_str(": ");
            }
            match self.below(6) {
                0 if depth < 3 => self.flow(indent, depth + 1),
                _ => self.scalar(true),
            }
            self.gap(indent);
            if place + 1 < count || self.one_in(6) {
                self.text.push(',');
            }
        }
        self.gap(indent);
        self.text.push_str(if is_mapping { "}" } else { "]" });
    }

    /// Space within brackets: none, a blank, or line ends with comments.
    fn gap(&mut self, indent: usize) {
        match self.below(12) {
            0 => self.text.push(' '),
            1 => {
                self.line_end();
                while self.one_in(3) {
                    self.spaces(indent + 1);
                    self.line_end();
                }
                let pad = indent + 1 + self.below(3);
                self.spaces(pad);
            }
            _ => {}
        }
    }
}
