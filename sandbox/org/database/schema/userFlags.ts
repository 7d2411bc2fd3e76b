/** Feature licences a user may hold (`UserPermissionsMarketingUser` …), without the common prefix. */
export const userPermissions = [
  'CallCenterAutoLogin', 'InteractionUser', 'JigsawProspectingUser', 'KnowledgeUser', 'MarketingUser', 'OfflineUser',
  'SFContentUser', 'SiteforceContributorUser', 'SiteforcePublisherUser', 'SupportUser', 'WorkDotComUserFeature',
];

/** Personal settings (`UserPreferencesHideS1BrowserUI` …), without the common prefix. */
export const userPreferences = [
  'ActivityRemindersPopup', 'ApexPagesDeveloperMode', 'ContentEmailAsAndWhen', 'ContentNoEmail', 'DisableAllFeedsEmail',
  'DisableBookmarkEmail', 'DisableChangeCommentEmail', 'DisableEndorsementEmail', 'DisableFileShareNotificationsForApi',
  'DisableFollowersEmail', 'DisableLaterCommentEmail', 'DisableLikeEmail', 'DisableMentionsPostEmail',
  'DisableMessageEmail', 'DisableProfilePostEmail', 'DisableSharePostEmail', 'DisCommentAfterLikeEmail',
  'DisMentionsCommentEmail', 'DisProfPostCommentEmail', 'EventRemindersCheckboxDefault', 'HideBiggerPhotoCallout',
  'HideChatterOnboardingSplash', 'HideCSNDesktopTask', 'HideCSNGetChatterMobileTask',
  'HideEndUserOnboardingAssistantModal', 'HideLightningMigrationModal', 'HideS1BrowserUI',
  'HideSecondChatterOnboardingSplash', 'HideSfxWelcomeMat', 'JigsawListUser', 'LightningExperiencePreferred',
  'NativeEmailClient', 'ReceiveNoNotificationsAsApprover', 'ReceiveNotificationsAsDelegatedApprover',
  'ReminderSoundOff', 'ShowCityToExternalUsers', 'ShowCityToGuestUsers', 'ShowCountryToExternalUsers',
  'ShowCountryToGuestUsers', 'ShowEmailToExternalUsers', 'ShowEmailToGuestUsers', 'ShowFaxToExternalUsers',
  'ShowFaxToGuestUsers', 'ShowManagerToExternalUsers', 'ShowManagerToGuestUsers', 'ShowMobilePhoneToExternalUsers',
  'ShowMobilePhoneToGuestUsers', 'ShowPostalCodeToExternalUsers', 'ShowPostalCodeToGuestUsers',
  'ShowProfilePicToGuestUsers', 'ShowStateToExternalUsers', 'ShowStateToGuestUsers', 'ShowStreetAddressToExternalUsers',
  'ShowStreetAddressToGuestUsers', 'ShowTitleToExternalUsers', 'ShowTitleToGuestUsers', 'ShowWorkPhoneToExternalUsers',
  'ShowWorkPhoneToGuestUsers', 'SortFeedByComment', 'SuppressEventSFXReminders', 'SuppressTaskSFXReminders',
  'TaskRemindersCheckboxDefault', 'UserDebugModePref',
];
