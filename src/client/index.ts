/**
 * The client of the Salesforce provider: one Salesforce connection for all apps of an OpenFin desktop.
 *
 * @module salesforce-interop-client
 */
export { connect, getConnection } from './connect.ts';
export type { AuthFlowParams, AuthWindowOptions, ConnectOptions } from './connect.ts';
export type { RequestOptions, SalesforceConnection } from './connection.ts';
export type { ApiRequestHeaders, HttpMethod } from './request.ts';
export type { CallOptions } from './call.ts';
export { configure } from './configure.ts';
export type { ClientSettings } from './configure.ts';
export type { ChannelClient, OpenFinRuntime } from './openFin.ts';
export { onStateChange } from './stateChange.ts';
export type { SalesforceStateEvent, StateListener } from './stateListeners.ts';
export { disableLogging, enableLogging } from './logging.ts';
export {
  ApiError,
  ApiRequestError,
  AuthorizationError,
  AuthTokenExpiredError,
  InitializationError,
  ParameterError,
} from './errors.ts';
export type { DuplicateResult, ErrorCode, ErrorDetails, SalesforceFault, UiApiFault } from './errors.ts';
export type { FailureCode } from '../outcomes/failure.ts';
export { apexRest } from './apexRest.ts';
export { request } from './apiRequest.ts';
export type { ApiRequestOptions, ReadOptions } from './apiRequest.ts';
export type { Connection } from './checks.ts';
export { composite } from './composite.ts';
export type { CompositeOptions, PartAnswer } from './composite.ts';
export type { CompositeBuilder, Part, Reference, ValuesWithReferences } from './compositeParts.ts';
export { describe } from './describe.ts';
export type { FieldDescription, ObjectDescription } from './describe.ts';
export { downloadFile, uploadFile } from './files.ts';
export type { FileOptions, FileProgress, NewFile } from './files.ts';
export { limits } from './limits.ts';
export type { OrgLimit } from './limits.ts';
export { duplicatesOf } from './duplicates.ts';
export type { DuplicateMatch } from './duplicates.ts';
export { count, query } from './query.ts';
export type { Query, QueryOptions } from './query.ts';
export { record } from './record.ts';
export type { RecordOfType, RecordWithId, UpdateOptions, UpsertOptions, WriteOptions } from './record.ts';
export { PartlySavedError, records } from './records.ts';
export type { Records, SaveResult, WriteManyOptions } from './records.ts';
export { search } from './search.ts';
export { select, soqlField } from './select.ts';
export type { SoqlOf } from './select.ts';
export { subscribe } from './subscribe.ts';
export type {
  LiveEvent,
  LiveListener,
  LiveState,
  ObjectTarget,
  RecordTarget,
  SubscribeOptions,
  Subscription,
} from './subscription.ts';
export type {
  FieldOf,
  FieldValues,
  OrgSObject,
  OrgSObjects,
  RecordWith,
  SObjectName,
  SObjectTypes,
} from './sobjectTypes.ts';
export { queryPath } from '../salesforce/queryPath.ts';
export {
  like,
  likeContains,
  likeStartsWith,
  soql,
  soqlDate,
  soqlId,
  soqlName,
  soqlNames,
} from '../salesforce/soqlQuoting.ts';
export type { SoqlText, SoqlValue } from '../salesforce/soqlQuoting.ts';
export { sosl, soslPhrase } from '../salesforce/soslText.ts';
export type { SoslText, SoslValue } from '../salesforce/soslText.ts';
export type {
  SalesforceRestApiErrorResponse,
  SalesforceRestApiFieldAddress,
  SalesforceRestApiQueryResponse,
  SalesforceRestApiQueryResult,
  SalesforceRestApiResponse,
  SalesforceRestApiResult,
  SalesforceRestApiSObject,
  SalesforceRestApiSObjectAccount,
  SalesforceRestApiSObjectAttributes,
  SalesforceRestApiSObjectBasicInfoObjectDescribe,
  SalesforceRestApiSObjectBasicInfoObjectDescribeUrls,
  SalesforceRestApiSObjectBasicInfoResponse,
  SalesforceRestApiSObjectBasicInfoResult,
  SalesforceRestApiSObjectCampaign,
  SalesforceRestApiSObjectCase,
  SalesforceRestApiSObjectContact,
  SalesforceRestApiSObjectCreateResponse,
  SalesforceRestApiSObjectCreateResult,
  SalesforceRestApiSObjectEvent,
  SalesforceRestApiSObjectLead,
  SalesforceRestApiSObjectOpportunity,
  SalesforceRestApiSObjectTask,
  SalesforceRestApiSObjectUser,
  SalesforceRestApiSearchResponse,
  SalesforceRestApiSearchResult,
  SalesforceRestApiUserInfoResult,
} from './restApi.ts';
