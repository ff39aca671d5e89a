// The package as a program in TypeScript sees it. What must not compile says so.

import { decide, load, provide, type Due, type Precheck, type Question } from 'yichuang';
import { YcPrecheck } from 'yichuang/elements';
import type { Explanation } from 'yichuang/explain';
import * as slim from 'yichuang/slim';
import type { Decision, Material } from 'yichuang/wire';

const precheck: Precheck = await load({ pack: '/nine.ycp', calendar: new Uint8Array(), on: '2014-11-18', lang: 'zh' });
// @ts-expect-error: there is no decision without a calendar.
await load({ pack: '/nine.ycp' });
// @ts-expect-error: texts come in two languages.
await decide({ pack: '/nine.ycp', calendar: '/cn.ycc', lang: 'fr' });

/** Which properties there are hangs on the verdict. */
function hangsOn(decision: Decision): string[] {
  if (decision.verdict === 'undetermined') return decision.verdict_missing ?? [];
  const nothing: undefined = decision.verdict_missing;
  return [decision.verdict satisfies 'ready' | 'correctable' | 'refused' | 'not_needed', ...(nothing ?? [])];
}

function lastDay(due: Due): string {
  if ('on' in due) return due.on;
  if ('not_before' in due) return `${due.not_before} (${due.until_notice_for satisfies number})`;
  if ('calendar_missing' in due) return String(due.calendar_missing);
  return 'undetermined' in due ? due.undetermined.join() : due.cannot_compute;
}

function ticked(material: Material): string {
  switch (material.status) {
    case 'required':
    case 'undetermined':
      return material.state;
    case 'waived_local':
      return material.waived_basis?.[0]?.citation ?? '';
    default:
      // @ts-expect-error: nobody ticks what nobody brings.
      return material.state;
  }
}

function controls(question: Question): string[] {
  switch (question.kind) {
    case 'choice':
    case 'choices':
      return question.options.map(({ name }) => name);
    case 'table':
      return question.columns.map((column) => column.id);
    case 'money':
      return [question.unit ?? '', String(question.max)];
    case 'text':
      return [question.none ?? ''];
    case 'bool':
    case 'date':
    case 'integer':
    case 'decimal':
      return [];
  }
}

const decision = precheck.set('business.activities', ['catering']);
precheck.set('applicant.registered', { unsure: true });
precheck.answers = { ...precheck.answers, 'staff.count': 3 };
// @ts-expect-error: a decision is made, not set.
precheck.decision = decision;
const explanation: Explanation = await precheck.why({ item: 'catering' }, { wanted: true });
// @ts-expect-error: a target has one of the known kinds.
await precheck.why({ licence: 'catering' });

provide({ page: new URL('https://example.org/yichuang.wasm'), full: fetch('/full/yichuang.wasm') });
slim.provide({ page: (imports) => WebAssembly.instantiate(new Uint8Array(), imports) });

const element = document.querySelector('yc-precheck');
element satisfies YcPrecheck | null;
element?.addEventListener('yc-decision', ({ detail }) => hangsOn(detail));
element?.addEventListener('yc-error', ({ detail }) => (detail.code === 'file_newer' ? detail.zh : detail.en));
// @ts-expect-error: there is no such code.
element?.addEventListener('yc-error', ({ detail }) => detail.code === 'file_older');

export { controls, explanation, lastDay, ticked };
