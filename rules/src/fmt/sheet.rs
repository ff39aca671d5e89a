//! Sheets: line ends and quotes; the cells are kept to the letter.

use csv_core::{ReadFieldResult, Reader, WriteResult, Writer};

use crate::diagnostic::Diagnostic;
use crate::sheet::parse_sheet;
use crate::source::SourceId;

/// The formatted sheet; nothing if its cells would not stay the same.
pub(super) fn format(id: SourceId, text: &str) -> Result<Option<String>, Vec<Diagnostic>> {
    let (sheet, diagnostics) = parse_sheet(id, text);
    if sheet.is_none() || diagnostics.iter().any(Diagnostic::is_error) {
        return Err(diagnostics);
    }
    let before = records(text);
    let formatted = written(&before);
    Ok(formatted.filter(|formatted| records(formatted) == before))
}

/// The contents of all cells; lines without a cell are none.
fn records(text: &str) -> Vec<Vec<Vec<u8>>> {
    // With a line end behind the last row every cell ends with a comma or a line end.
    let text = format!("{text}\n");
    let (mut reader, mut input) = (Reader::new(), text.as_bytes());
    let mut output = vec![0; text.len()];
    let (mut records, mut record) = (Vec::new(), Vec::new());
    loop {
        let (result, read, written) = reader.read_field(input, &mut output);
        input = input.get(read..).unwrap_or(&[]);
        let record_end = match result {
            ReadFieldResult::InputEmpty => continue,
            ReadFieldResult::Field { record_end } => record_end,
            ReadFieldResult::OutputFull | ReadFieldResult::End => return records,
        };
        record.push(output.get(..written).unwrap_or(&[]).to_vec());
        if record_end {
            records.push(std::mem::take(&mut record));
        }
    }
}

fn written(records: &[Vec<Vec<u8>>]) -> Option<String> {
    let cells: usize = records.iter().flatten().map(|cell| 2 * cell.len() + 4).sum();
    let mut sheet = Sheet { writer: Writer::new(), output: vec![0; cells + records.len() + 4], end: 0 };
    for record in records {
        for (place, cell) in record.iter().enumerate() {
            if place > 0 {
                sheet.write(|writer, output| writer.delimiter(output))?;
            }
            sheet.write(|writer, output| {
                let (result, _, written) = writer.field(cell, output);
                (result, written)
            })?;
        }
        sheet.write(|writer, output| writer.terminator(output))?;
    }
    sheet.output.truncate(sheet.end);
    String::from_utf8(sheet.output).ok()
}

struct Sheet {
    writer: Writer,
    output: Vec<u8>,
    end: usize,
}

impl Sheet {
    fn write(&mut self, part: impl FnOnce(&mut Writer, &mut [u8]) -> (WriteResult, usize)) -> Option<()> {
        let (result, written) = part(&mut self.writer, self.output.get_mut(self.end..)?);
        self.end += written;
        (result == WriteResult::InputEmpty).then_some(())
    }
}
