//! Units of numbers: what may be added, compared, multiplied.

use std::collections::BTreeMap;

/// A unit as a product of words with exponents: 元/平方米 is 元¹ 米⁻²; empty for a plain count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unit(BTreeMap<String, i8>);

/// Areas and volumes by the length they come from.
const POWERS: &[(&str, &str, i8)] = &[
    ("平方米", "米", 2),
    ("㎡", "米", 2),
    ("m²", "米", 2),
    ("立方米", "米", 3),
    ("m³", "米", 3),
    ("m", "米", 1),
    ("平方公里", "公里", 2),
    ("km²", "公里", 2),
    ("km", "公里", 1),
    ("日", "天", 1),
];

impl Unit {
    /// Reads a unit such as `元`, `平方米`, `元/㎡`, `元每平方米`, `元/人·月`.
    pub(super) fn parse(written: &str) -> Unit {
        let mut unit = Unit::default();
        for (place, part) in written.split(['/', '每']).enumerate() {
            for word in part.split(['·', '*']).map(str::trim).filter(|word| !word.is_empty()) {
                let (base, power) = base(word);
                unit.multiply(base, if place == 0 { power } else { -power });
            }
        }
        unit
    }

    pub(super) fn of(word: &str) -> Unit {
        Unit::parse(word)
    }

    pub(super) fn times(&self, other: &Unit, sign: i8) -> Unit {
        let mut product = self.clone();
        other.0.iter().for_each(|(word, power)| product.multiply(word, power.saturating_mul(sign)));
        product
    }

    pub(super) fn is_plain(&self) -> bool {
        self.0.is_empty()
    }

    /// The unit as people write it: `元/米²`; `无单位` for a plain count.
    pub(super) fn shown(&self) -> String {
        let part = |(word, power): (&String, i8)| match power {
            1 => word.clone(),
            2 | 3 => POWERS.iter().find(|(_, base, of)| (base, *of) == (&word.as_str(), power)).map_or_else(
                || format!("{word}{}", if power == 2 { '²' } else { '³' }),
                |(known, ..)| (*known).to_owned(),
            ),
            power => format!("{word}^{power}"),
        };
        let above: Vec<String> = self.0.iter().filter(|(_, p)| **p > 0).map(|(w, p)| part((w, *p))).collect();
        let below: Vec<String> = self.0.iter().filter(|(_, p)| **p < 0).map(|(w, p)| part((w, -*p))).collect();
        match (above.is_empty(), below.is_empty()) {
            (true, true) => "无单位".to_owned(),
            (_, true) => above.join("·"),
            (true, false) => format!("1/{}", below.join("·")),
            (false, false) => format!("{}/{}", above.join("·"), below.join("·")),
        }
    }

    fn multiply(&mut self, word: &str, power: i8) {
        let sum = self.0.get(word).copied().unwrap_or(0).saturating_add(power);
        if sum == 0 {
            self.0.remove(word);
        } else {
            self.0.insert(word.to_owned(), sum);
        }
    }
}

fn base(word: &str) -> (&str, i8) {
    if let Some((_, base, power)) = POWERS.iter().find(|(known, ..)| *known == word) {
        return (base, *power);
    }
    match (word.strip_suffix('²'), word.strip_suffix('³')) {
        (Some(base), _) => (base, 2),
        (_, Some(base)) => (base, 3),
        (None, None) => (word, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn units_multiply_and_cancel() {
        let price = Unit::parse("元/㎡");
        assert_eq!(price, Unit::parse("元每平方米"));
        assert_eq!(price.times(&Unit::parse("m²"), 1), Unit::of("元"));
        assert_eq!(Unit::of("元").times(&Unit::of("元"), -1), Unit::default());
        assert_eq!(price.shown(), "元/平方米");
        assert_eq!(Unit::parse("元/人·月").shown(), "元/人·月");
        assert_eq!(Unit::default().shown(), "无单位");
        assert_ne!(Unit::of("万元"), Unit::of("元"));
    }
}
