/** What is told to the owner about name, certificate and reachability, put together by yt-app. */
export const upkeep = {};
