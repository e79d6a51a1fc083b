package dev.sallyport.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Facts that an upstream is told beside the caller's own, as extra keys of its user info. A key
 * here is this server's alone: what the caller brought under it is not passed on.
 *
 * @param clientAddress whether the client's address is told, under {@link #CLIENT_ADDRESS}
 * @param fixed the same for every caller; keys in lower case
 */
public record IdentityExtras(boolean clientAddress, Map<String, List<String>> fixed) {

  /** As kube-oidc-proxy named it. */
  public static final String CLIENT_ADDRESS = "remote-client-ip";

  public static final IdentityExtras NONE = new IdentityExtras(false, Map.of());

  public IdentityExtras {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    fixed.forEach((key, values) -> copy.put(key, List.copyOf(values)));
    fixed = copy;
  }

  /** Whether there is anything to tell. */
  public boolean any() {
    return clientAddress || !fixed.isEmpty();
  }

  /** Puts a value to those that a key has. */
  public static void add(Map<String, List<String>> to, String key, String value) {
    to.computeIfAbsent(key, unknown -> new ArrayList<>()).add(value);
  }

  /** Whether a text can be a value: one line of a header. */
  public static boolean tellable(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c != 0x7f);
  }
}
