import { useState, type DetailedHTMLProps, type HTMLAttributes } from 'react';
import { createRoot } from 'react-dom/client';
import type { Answers, Decision, YcPrecheck } from 'yichuang/elements';
import 'yichuang/elements';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'yc-precheck': DetailedHTMLProps<HTMLAttributes<YcPrecheck>, YcPrecheck> & {
        pack: string;
        calendar: string;
        on?: string;
        answers?: Answers;
        'onyc-decision'?: (event: CustomEvent<Decision>) => void;
      };
    }
  }
}

function App() {
  const [answers, setAnswers] = useState<Answers>({ 'business.activities': ['catering'] });
  const [items, setItems] = useState<string[]>([]);
  return (
    <>
      <yc-precheck
        pack="/nine-in-one.ycp"
        calendar="/cn.ycc"
        on="2014-11-18"
        answers={answers}
        onyc-decision={({ currentTarget, detail }) => {
          setAnswers((currentTarget as YcPrecheck).answers);
          setItems(detail.items.filter(({ selected }) => selected === true).map(({ name }) => name));
        }}
      />
      <output>{items.join('、')}</output>
      <button onClick={() => setAnswers({})}>重新填</button>
    </>
  );
}

createRoot(document.querySelector('#root')!).render(<App />);
