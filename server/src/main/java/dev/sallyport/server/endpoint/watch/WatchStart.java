package dev.sallyport.server.endpoint.watch;

import dev.sallyport.store.StoredObject;
import java.util.List;

/**
 * Where a watch begins.
 *
 * @param revision changes behind it are told
 * @param initial objects told as added first
 * @param endMark whether a bookmark says that the initial objects have all been told
 * @param bookmarks whether the client understands bookmarks
 * @param timeoutMillis when the watch ends by itself
 */
public record WatchStart(
    long revision,
    List<StoredObject> initial,
    boolean endMark,
    boolean bookmarks,
    long timeoutMillis) {}
