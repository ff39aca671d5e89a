// Compiled in the page, so that this stands by itself; in a project of the Angular CLI leave the next line out.
import '@angular/compiler';

import { CUSTOM_ELEMENTS_SCHEMA, Component, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { Answers, Decision, YcPrecheck } from 'yichuang/elements';
import 'yichuang/elements';

@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <yc-precheck
      pack="/nine-in-one.ycp"
      calendar="/cn.ycc"
      on="2014-11-18"
      [answers]="answers()"
      (yc-decision)="decided($event)"
    ></yc-precheck>
    <output>{{ items().join('、') }}</output>
    <button (click)="answers.set({})">重新填</button>
  `,
})
class App {
  readonly answers = signal<Answers>({ 'business.activities': ['catering'] });
  readonly items = signal<string[]>([]);

  decided(event: Event) {
    const { target, detail } = event as CustomEvent<Decision>;
    this.answers.set((target as YcPrecheck).answers);
    this.items.set(detail.items.filter(({ selected }) => selected === true).map(({ name }) => name));
  }
}

await bootstrapApplication(App);
