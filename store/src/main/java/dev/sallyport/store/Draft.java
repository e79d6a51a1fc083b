package dev.sallyport.store;

import java.util.Map;

/**
 * An object as it is to be stored: canonical JSON without a resourceVersion, and the place where
 * the store splices {@code "resourceVersion":"N"} once the revision is known.
 *
 * @param json the canonical JSON; not changed after it is handed over
 * @param revisionOffset the offset at which the member (with its comma) is spliced in; the byte
 *     before it ends a member of metadata, so the store inserts {@code ,"resourceVersion":"N"}
 * @param headLength bytes from the start, the opening brace among them, that a list item replaces
 *     by a brace of its own: the members kind and apiVersion with their commas
 * @param uid the object's uid
 * @param labels metadata.labels, for selectors
 * @param fields the selectable fields by path, for field selectors and authorizers
 */
public record Draft(
    byte[] json,
    int revisionOffset,
    int headLength,
    String uid,
    Map<String, String> labels,
    Map<String, String> fields) {}
