const two = (number) => String(number).padStart(2, '0');

/** Today where the program runs, as `2014-11-18`. */
export function today() {
  const now = new Date();
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
