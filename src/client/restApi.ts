/**
 * Types of what Salesforce's REST API returns, member for member those of `@openfin/salesforce` 2.3.0, so that code
 * typed against that package compiles against this one. Two traits are kept on purpose: latitudes and longitudes are
 * typed as strings although Salesforce sends numbers, and every record is said to have `OwnerId` and `IsDeleted`.
 */

type Text<Field extends string> = Record<Field, string>;
type NullableText<Field extends string> = Record<Field, null | string>;
type Flags<Field extends string> = Record<Field, boolean>;
type Numbers<Field extends string> = Record<Field, number>;
type NullableNumbers<Field extends string> = Record<Field, null | number>;
type NullableAddresses<Field extends string> = Record<Field, null | SalesforceRestApiFieldAddress>;

/** Answer to a request. */
export type SalesforceRestApiResponse<T = unknown> = {
  /** Body of the answer, where it has one. */
  data?: T;
  /** HTTP status. */
  status: number;
  /** Content type of `data`. */
  type?: string;
};

/** One entry of an error answer's body. */
export type SalesforceRestApiErrorResponse = Text<'errorCode' | 'message'>;

/** A compound address field. */
export type SalesforceRestApiFieldAddress = NullableText<
  'city' | 'country' | 'geocodeAccuracy' | 'latitude' | 'longitude' | 'postalCode' | 'state' | 'street'
>;

/** One page of a SOQL query's result. */
export type SalesforceRestApiQueryResult<T extends SalesforceRestApiSObject = SalesforceRestApiSObject<unknown>> = {
  /** Whether this is the last page. */
  done: boolean;
  /** Path of the next page, where there is one. */
  nextRecordsUrl?: string;
  records: T[];
  /** Number of records of all pages. */
  totalSize: number;
};

/** Result of a SOSL or parameterized search. */
export type SalesforceRestApiSearchResult<T extends SalesforceRestApiSObject = SalesforceRestApiSObject<unknown>> = {
  searchRecords: T[];
};

/** Answer to the creation of a record. */
export type SalesforceRestApiSObjectCreateResult = {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the published type of @openfin/salesforce
  errors: any[];
  id: string;
  success: boolean;
};

/** Answer to a request for the OAuth user info. */
export type SalesforceRestApiUserInfoResult = Text<'user_id'>;

/** Which object a record is of, and its path. */
export type SalesforceRestApiSObjectAttributes = Text<'type' | 'url'>;

/**
 * A record. Describe the fields of your own objects with the type parameter.
 *
 * @example
 * ```ts
 * type Invoice = SalesforceRestApiSObject<{ Amount__c: null | number; Paid__c: boolean }>;
 * ```
 */
export type SalesforceRestApiSObject<T = unknown> = { attributes: SalesforceRestApiSObjectAttributes } & Text<
  'CreatedById' | 'CreatedDate' | 'Id' | 'LastModifiedById' | 'LastModifiedDate' | 'OwnerId'
> &
  Flags<'IsDeleted'> &
  T;

/** What an object is and which of its records were seen last. */
export type SalesforceRestApiSObjectBasicInfoResult<
  T extends SalesforceRestApiSObject = SalesforceRestApiSObject<unknown>,
> = { objectDescribe: SalesforceRestApiSObjectBasicInfoObjectDescribe; recentItems: T[] };

/** What can be done with an object. */
export type SalesforceRestApiSObjectBasicInfoObjectDescribe = Text<'keyPrefix' | 'label' | 'labelPlural' | 'name'> &
  NullableText<'associateEntityType' | 'associateParentEntity'> &
  Flags<
    | 'activateable'
    | 'createable'
    | 'custom'
    | 'customSetting'
    | 'deepCloneable'
    | 'deletable'
    | 'deprecatedAndHidden'
    | 'feedEnabled'
    | 'hasSubtypes'
    | 'isInterface'
    | 'isSubtype'
    | 'layoutable'
    | 'mergeable'
    | 'mruEnabled'
    | 'queryable'
    | 'replicateable'
    | 'retrieveable'
    | 'searchable'
    | 'triggerable'
    | 'undeletable'
    | 'updateable'
  > & { urls: SalesforceRestApiSObjectBasicInfoObjectDescribeUrls };

/** Paths of an object's resources. */
export type SalesforceRestApiSObjectBasicInfoObjectDescribeUrls = Text<
  | 'approvalLayouts'
  | 'compactLayouts'
  | 'describe'
  | 'layouts'
  | 'listviews'
  | 'quickActions'
  | 'rowTemplate'
  | 'sobject'
>;

/** A company or person one does business with. */
export type SalesforceRestApiSObjectAccount = SalesforceRestApiSObject<
  NullableText<
    | 'AccountNumber'
    | 'AccountSource'
    | 'BillingCity'
    | 'BillingCountry'
    | 'BillingGeocodeAccuracy'
    | 'BillingLatitude'
    | 'BillingLongitude'
    | 'BillingPostalCode'
    | 'BillingState'
    | 'BillingStreet'
    | 'CleanStatus'
    | 'Description'
    | 'Fax'
    | 'Industry'
    | 'LastActivityDate'
    | 'LastReferencedDate'
    | 'LastViewedDate'
    | 'MasterRecordId'
    | 'Name'
    | 'Ownership'
    | 'ParentId'
    | 'Phone'
    | 'ShippingCity'
    | 'ShippingCountry'
    | 'ShippingGeocodeAccuracy'
    | 'ShippingLatitude'
    | 'ShippingLongitude'
    | 'ShippingPostalCode'
    | 'ShippingState'
    | 'ShippingStreet'
    | 'Sic'
    | 'Site'
    | 'TickerSymbol'
    | 'Website'
  > &
    NullableNumbers<'AnnualRevenue' | 'NumberOfEmployees'> &
    NullableAddresses<'BillingAddress' | 'ShippingAddress'>
>;

/** A marketing campaign. */
export type SalesforceRestApiSObjectCampaign = SalesforceRestApiSObject<
  Text<'Name'> &
    NullableText<
      | 'CampaignMemberRecordTypeId'
      | 'Description'
      | 'EndDate'
      | 'LastActivityDate'
      | 'LastReferencedDate'
      | 'LastViewedDate'
      | 'MasterRecordId'
      | 'StartDate'
      | 'Status'
      | 'Type'
    > &
    Flags<'IsActive'> &
    Numbers<
      | 'AmountAllOpportunities'
      | 'AmountWonOpportunities'
      | 'ExpectedResponse'
      | 'NumberOfContacts'
      | 'NumberOfConvertedLeads'
      | 'NumberOfLeads'
      | 'NumberOfOpportunities'
      | 'NumberOfResponses'
      | 'NumberOfWonOpportunities'
      | 'NumberSent'
    > &
    NullableNumbers<'ActualCost' | 'BudgetedCost' | 'ExpectedRevenue'>
>;

/** A customer's issue or question. */
export type SalesforceRestApiSObjectCase = SalesforceRestApiSObject<
  Text<'CaseNumber' | 'Origin' | 'Priority' | 'Status'> &
    NullableText<
      | 'AccountId'
      | 'ClosedDate'
      | 'Comments'
      | 'ContactEmail'
      | 'ContactFax'
      | 'ContactId'
      | 'ContactMobile'
      | 'ContactPhone'
      | 'Description'
      | 'LastReferencedDate'
      | 'LastViewedDate'
      | 'MasterRecordId'
      | 'Reason'
      | 'SourceId'
      | 'Subject'
      | 'SuppliedCompany'
      | 'SuppliedEmail'
      | 'SuppliedName'
      | 'SuppliedPhone'
      | 'Type'
    > &
    Flags<'IsClosed' | 'IsEscalated'>
>;

/** A person at an account. */
export type SalesforceRestApiSObjectContact = SalesforceRestApiSObject<
  NullableText<
    | 'AccountId'
    | 'AssistantName'
    | 'AssistantPhone'
    | 'Birthdate'
    | 'CleanStatus'
    | 'Department'
    | 'Description'
    | 'Email'
    | 'Fax'
    | 'FirstName'
    | 'HomePhone'
    | 'LastActivityDate'
    | 'LastName'
    | 'LastReferencedDate'
    | 'LastViewedDate'
    | 'LeadSource'
    | 'MailingCity'
    | 'MailingCountry'
    | 'MailingGeocodeAccuracy'
    | 'MailingLatitude'
    | 'MailingLongitude'
    | 'MailingPostalCode'
    | 'MailingState'
    | 'MailingStreet'
    | 'MasterRecordId'
    | 'MobilePhone'
    | 'Name'
    | 'OtherCity'
    | 'OtherCountry'
    | 'OtherGeocodeAccuracy'
    | 'OtherLatitude'
    | 'OtherLongitude'
    | 'OtherPhone'
    | 'OtherPostalCode'
    | 'OtherState'
    | 'OtherStreet'
    | 'Phone'
    | 'ReportsToId'
    | 'Salutation'
    | 'Title'
  > &
    NullableAddresses<'MailingAddress' | 'OtherAddress'>
>;

/** An appointment in the calendar. */
export type SalesforceRestApiSObjectEvent = SalesforceRestApiSObject<
  NullableText<
    | 'ActivityDate'
    | 'ActivityDateTime'
    | 'Description'
    | 'EndDateTime'
    | 'EventSubtype'
    | 'Location'
    | 'RecurrenceActivityId'
    | 'RecurrenceEndDateOnly'
    | 'RecurrenceInstance'
    | 'RecurrenceMonthOfYear'
    | 'RecurrenceStartDateTime'
    | 'RecurrenceTimeZoneSidKey'
    | 'RecurrenceType'
    | 'ReminderDateTime'
    | 'ServiceAppointmentId'
    | 'ShowAs'
    | 'StartDateTime'
    | 'Subject'
    | 'WhatId'
    | 'WhoId'
  > &
    Flags<'IsAllDayEvent' | 'IsPrivate' | 'IsRecurrence' | 'IsReminderSet'> &
    NullableNumbers<'DurationInMinutes' | 'RecurrenceDayOfMonth' | 'RecurrenceDayOfWeekMask' | 'RecurrenceInterval'>
>;

/** A prospect who is not yet a contact. */
export type SalesforceRestApiSObjectLead = SalesforceRestApiSObject<
  NullableText<
    | 'City'
    | 'CleanStatus'
    | 'Company'
    | 'CompanyDunsNumber'
    | 'Country'
    | 'Description'
    | 'Email'
    | 'Fax'
    | 'FirstName'
    | 'GeocodeAccuracy'
    | 'IndividualId'
    | 'Industry'
    | 'LastActivityDate'
    | 'LastName'
    | 'LastReferencedDate'
    | 'LastViewedDate'
    | 'Latitude'
    | 'LeadSource'
    | 'Longitude'
    | 'MasterRecordId'
    | 'MobilePhone'
    | 'Name'
    | 'Phone'
    | 'PostalCode'
    | 'Rating'
    | 'Salutation'
    | 'State'
    | 'Status'
    | 'Street'
    | 'Title'
    | 'Website'
  > &
    NullableNumbers<'AnnualRevenue' | 'NumberOfEmployees'> &
    NullableAddresses<'Address'>
>;

/** A sale, pending or closed. */
export type SalesforceRestApiSObjectOpportunity = SalesforceRestApiSObject<
  Text<'CloseDate' | 'Fiscal' | 'ForecastCategory' | 'ForecastCategoryName' | 'Name' | 'StageName'> &
    NullableText<
      | 'AccountId'
      | 'CampaignId'
      | 'ContactId'
      | 'Description'
      | 'LastActivityDate'
      | 'LastAmountChangedHistoryId'
      | 'LastCloseDateChangedHistoryId'
      | 'LastReferencedDate'
      | 'LastStageChangeDate'
      | 'LastViewedDate'
      | 'LeadSource'
      | 'NextStep'
      | 'Pricebook2Id'
      | 'Type'
    > &
    Flags<'HasOpenActivity' | 'HasOpportunityLineItem' | 'HasOverdueTask' | 'IsClosed' | 'IsPrivate' | 'IsWon'> &
    Numbers<'FiscalQuarter' | 'FiscalYear' | 'Probability' | 'PushCount'> &
    NullableNumbers<'Amount' | 'ExpectedRevenue' | 'TotalOpportunityQuantity'>
>;

/** A to-do. */
export type SalesforceRestApiSObjectTask = SalesforceRestApiSObject<
  NullableText<
    | 'ActivityDate'
    | 'ActivityDateTime'
    | 'CallDisposition'
    | 'CallObject'
    | 'CallType'
    | 'CompletedDateTime'
    | 'Description'
    | 'Priority'
    | 'RecurrenceActivityId'
    | 'RecurrenceEndDateOnly'
    | 'RecurrenceInstance'
    | 'RecurrenceMonthOfYear'
    | 'RecurrenceRegeneratedType'
    | 'RecurrenceStartDateTime'
    | 'RecurrenceTimeZoneSidKey'
    | 'RecurrenceType'
    | 'ReminderDateTime'
    | 'Subject'
    | 'TaskSubtype'
    | 'WhatId'
    | 'WhoId'
  > &
    Flags<'IsHighPriority' | 'IsRecurrence' | 'IsReminderSet'> &
    NullableNumbers<'CallDurationInSeconds' | 'RecurrenceDayOfMonth' | 'RecurrenceDayOfWeekMask' | 'RecurrenceInterval'>
>;

/** Somebody who can sign in to the org. */
export type SalesforceRestApiSObjectUser = SalesforceRestApiSObject<
  Text<
    | 'Alias'
    | 'CommunityNickname'
    | 'DefaultGroupNotificationFrequency'
    | 'DigestFrequency'
    | 'Email'
    | 'EmailEncodingKey'
    | 'LanguageLocaleKey'
    | 'LocaleSidKey'
    | 'ProfileId'
    | 'TimeZoneSidKey'
    | 'Username'
  > &
    NullableText<
      | 'AboutMe'
      | 'AccountId'
      | 'BadgeText'
      | 'BannerPhotoUrl'
      | 'CallCenterId'
      | 'City'
      | 'CompanyName'
      | 'ContactId'
      | 'Country'
      | 'DelegatedApproverId'
      | 'Department'
      | 'Division'
      | 'EmployeeNumber'
      | 'Extension'
      | 'Fax'
      | 'FederationIdentifier'
      | 'FirstName'
      | 'FullPhotoUrl'
      | 'GeocodeAccuracy'
      | 'IndividualId'
      | 'LastLoginDate'
      | 'LastName'
      | 'LastReferencedDate'
      | 'LastViewedDate'
      | 'Latitude'
      | 'Longitude'
      | 'ManagerId'
      | 'MediumBannerPhotoUrl'
      | 'MediumPhotoUrl'
      | 'MobilePhone'
      | 'Name'
      | 'OfflineTrialExpirationDate'
      | 'Phone'
      | 'PostalCode'
      | 'SenderEmail'
      | 'SenderName'
      | 'Signature'
      | 'SmallBannerPhotoUrl'
      | 'SmallPhotoUrl'
      | 'State'
      | 'Street'
      | 'Title'
      | 'UserRoleId'
      | 'UserType'
    > &
    Flags<
      | 'EmailPreferencesAutoBcc'
      | 'ForecastEnabled'
      | 'IsActive'
      | 'IsProfilePhotoActive'
      | 'ReceivesAdminInfoEmails'
      | 'ReceivesInfoEmails'
      | 'UserPermissionsCallCenterAutoLogin'
      | 'UserPermissionsInteractionUser'
      | 'UserPermissionsJigsawProspectingUser'
      | 'UserPermissionsKnowledgeUser'
      | 'UserPermissionsMarketingUser'
      | 'UserPermissionsOfflineUser'
      | 'UserPermissionsSFContentUser'
      | 'UserPermissionsSiteforceContributorUser'
      | 'UserPermissionsSiteforcePublisherUser'
      | 'UserPermissionsSupportUser'
      | 'UserPermissionsWorkDotComUserFeature'
      | 'UserPreferencesActivityRemindersPopup'
      | 'UserPreferencesApexPagesDeveloperMode'
      | 'UserPreferencesContentEmailAsAndWhen'
      | 'UserPreferencesContentNoEmail'
      | 'UserPreferencesDisableAllFeedsEmail'
      | 'UserPreferencesDisableBookmarkEmail'
      | 'UserPreferencesDisableChangeCommentEmail'
      | 'UserPreferencesDisableEndorsementEmail'
      | 'UserPreferencesDisableFileShareNotificationsForApi'
      | 'UserPreferencesDisableFollowersEmail'
      | 'UserPreferencesDisableLaterCommentEmail'
      | 'UserPreferencesDisableLikeEmail'
      | 'UserPreferencesDisableMentionsPostEmail'
      | 'UserPreferencesDisableMessageEmail'
      | 'UserPreferencesDisableProfilePostEmail'
      | 'UserPreferencesDisableSharePostEmail'
      | 'UserPreferencesDisCommentAfterLikeEmail'
      | 'UserPreferencesDisMentionsCommentEmail'
      | 'UserPreferencesDisProfPostCommentEmail'
      | 'UserPreferencesEventRemindersCheckboxDefault'
      | 'UserPreferencesHideBiggerPhotoCallout'
      | 'UserPreferencesHideChatterOnboardingSplash'
      | 'UserPreferencesHideCSNDesktopTask'
      | 'UserPreferencesHideCSNGetChatterMobileTask'
      | 'UserPreferencesHideEndUserOnboardingAssistantModal'
      | 'UserPreferencesHideLightningMigrationModal'
      | 'UserPreferencesHideS1BrowserUI'
      | 'UserPreferencesHideSecondChatterOnboardingSplash'
      | 'UserPreferencesHideSfxWelcomeMat'
      | 'UserPreferencesJigsawListUser'
      | 'UserPreferencesLightningExperiencePreferred'
      | 'UserPreferencesNativeEmailClient'
      | 'UserPreferencesReceiveNoNotificationsAsApprover'
      | 'UserPreferencesReceiveNotificationsAsDelegatedApprover'
      | 'UserPreferencesReminderSoundOff'
      | 'UserPreferencesShowCityToExternalUsers'
      | 'UserPreferencesShowCityToGuestUsers'
      | 'UserPreferencesShowCountryToExternalUsers'
      | 'UserPreferencesShowCountryToGuestUsers'
      | 'UserPreferencesShowEmailToExternalUsers'
      | 'UserPreferencesShowEmailToGuestUsers'
      | 'UserPreferencesShowFaxToExternalUsers'
      | 'UserPreferencesShowFaxToGuestUsers'
      | 'UserPreferencesShowManagerToExternalUsers'
      | 'UserPreferencesShowManagerToGuestUsers'
      | 'UserPreferencesShowMobilePhoneToExternalUsers'
      | 'UserPreferencesShowMobilePhoneToGuestUsers'
      | 'UserPreferencesShowPostalCodeToExternalUsers'
      | 'UserPreferencesShowPostalCodeToGuestUsers'
      | 'UserPreferencesShowProfilePicToGuestUsers'
      | 'UserPreferencesShowStateToExternalUsers'
      | 'UserPreferencesShowStateToGuestUsers'
      | 'UserPreferencesShowStreetAddressToExternalUsers'
      | 'UserPreferencesShowStreetAddressToGuestUsers'
      | 'UserPreferencesShowTitleToExternalUsers'
      | 'UserPreferencesShowTitleToGuestUsers'
      | 'UserPreferencesShowWorkPhoneToExternalUsers'
      | 'UserPreferencesShowWorkPhoneToGuestUsers'
      | 'UserPreferencesSortFeedByComment'
      | 'UserPreferencesSuppressEventSFXReminders'
      | 'UserPreferencesSuppressTaskSFXReminders'
      | 'UserPreferencesTaskRemindersCheckboxDefault'
      | 'UserPreferencesUserDebugModePref'
    > &
    Numbers<'NumberOfFailedLogins'> &
    NullableNumbers<'JigsawImportLimitOverride'> &
    NullableAddresses<'Address'>
>;

/** @deprecated Use {@link SalesforceRestApiQueryResult}. */
export type SalesforceRestApiQueryResponse<T extends SalesforceRestApiSObject = SalesforceRestApiSObject<unknown>> =
  SalesforceRestApiQueryResult<T>;

/** @deprecated Use {@link SalesforceRestApiSearchResult}. */
export type SalesforceRestApiSearchResponse<T extends SalesforceRestApiSObject = SalesforceRestApiSObject<unknown>> =
  SalesforceRestApiSearchResult<T>;

/** @deprecated Use {@link SalesforceRestApiSObjectBasicInfoResult}. */
export type SalesforceRestApiSObjectBasicInfoResponse<
  T extends SalesforceRestApiSObject = SalesforceRestApiSObject<unknown>,
> = SalesforceRestApiSObjectBasicInfoResult<T>;

/** @deprecated Use {@link SalesforceRestApiSObjectCreateResult}. */
export type SalesforceRestApiSObjectCreateResponse = SalesforceRestApiSObjectCreateResult;

/** @deprecated Use {@link SalesforceRestApiResponse}. */
export type SalesforceRestApiResult<T = unknown> = SalesforceRestApiResponse<T>;
