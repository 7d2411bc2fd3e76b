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
export type { ErrorCode, ErrorDetails } from './errors.ts';
export type { FailureCode } from '../outcomes/failure.ts';
export { queryPath } from '../salesforce/queryPath.ts';
export { likeContains, likeStartsWith, soql, soqlDate, soqlName, soqlNames } from '../salesforce/soqlQuoting.ts';
export type { SoqlText, SoqlValue } from '../salesforce/soqlQuoting.ts';
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
