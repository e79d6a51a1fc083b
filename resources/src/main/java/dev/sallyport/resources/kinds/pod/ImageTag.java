package dev.sallyport.resources.kinds.pod;

/** How an image's reference decides when to pull it. */
final class ImageTag {

  private ImageTag() {}

  /** Always for what says "latest" or nothing at all, IfNotPresent for any other reference. */
  static String pullPolicy(String reference) {
    return isLatest(reference) ? "Always" : "IfNotPresent";
  }

  private static boolean isLatest(String reference) {
    int name = reference.lastIndexOf('/') + 1;
    int tag = reference.indexOf(':', name);
    String repository = tag < 0 ? reference : reference.substring(0, tag);
    // A digest pins the image, whatever tag stands before it.
    return reference.indexOf('@') < 0
        && wellFormed(repository, name)
        && (tag < 0 || reference.substring(tag + 1).equals("latest"));
  }

  /** A reference that cannot be read has no tag. */
  private static boolean wellFormed(String repository, int name) {
    for (int i = name; i < repository.length(); i++) {
      char c = repository.charAt(i);
      boolean fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "._-".indexOf(c) >= 0;
      if (!fits) {
        return false;
      }
    }
    return name < repository.length();
  }
}
