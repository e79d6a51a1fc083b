package dev.sallyport.config;

/**
 * The headers of a front proxy's word. A name that is "" is not sent.
 *
 * @param user the caller's name
 * @param uid the caller's UID
 * @param groups the caller's groups
 * @param extraPrefix before the keys of further attributes
 * @param separator between the groups in one header; "": each group has a line of its own
 */
public record IdentityHeaderNames(
    String user, String uid, String groups, String extraPrefix, String separator) {

  /** As kube-apiserver's aggregation layer names them. */
  public static final IdentityHeaderNames USUAL =
      new IdentityHeaderNames(
          "X-Remote-User", "X-Remote-Uid", "X-Remote-Group", "X-Remote-Extra-", "");
}
