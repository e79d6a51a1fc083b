package dev.sallyport.controllers.garbage;

/**
 * Names an owner. The uid alone says which one: an object of the same name made later is another.
 *
 * @param blocks whether the owner, deleted in the foreground, waits for this dependent
 */
public record OwnerReference(
    String apiVersion, String kind, String name, String uid, boolean blocks) {}
