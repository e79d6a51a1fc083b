package dev.sallyport.audit;

/**
 * What the object that was sent calls itself; "" where it does not say.
 *
 * @param resourceVersion the version its sender saw
 */
public record ObjectNames(String namespace, String name, String uid, String resourceVersion) {
  public static final ObjectNames NONE = new ObjectNames("", "", "", "");
}
