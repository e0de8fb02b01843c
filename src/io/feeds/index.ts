export { openThreatFeeds, type FeedSources } from './library.ts';
export { feedAddresses, fetchFeed } from './fetch-feed.ts';
