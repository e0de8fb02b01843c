export { openThreatFeeds, type FeedSources } from './library.ts';
export { fetchFeed } from './fetch-feed.ts';
