/** Slack does not let a person do this, in words for the person. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
