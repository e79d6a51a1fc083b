package dev.sallyport.store;

/**
 * What must hold of an object before it is changed.
 *
 * @param uid "" when any will do
 * @param revision 0 when any will do
 */
public record Preconditions(String uid, long revision) {
  public static final Preconditions NONE = new Preconditions("", 0);
}
