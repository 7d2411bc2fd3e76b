/** A failure in Salesforce's own words, as the REST API answers it. */
export class OrgError extends Error {
  readonly status: number;
  readonly errorCode: string;
  readonly fields: readonly string[] | undefined;

  /**
   * @param status HTTP status, e.g. 400.
   * @param errorCode Salesforce error code, e.g. `MALFORMED_QUERY`.
   * @param message Salesforce's sentence.
   * @param fields The fields concerned; present (perhaps empty) for DML validation, absent for request errors.
   */
  constructor(status: number, errorCode: string, message: string, fields?: readonly string[]) {
    super(message);
    this.name = 'OrgError';
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }
}
