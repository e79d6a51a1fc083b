package dev.sallyport.server.filter.impersonation;

import dev.sallyport.api.Quoted;
import dev.sallyport.api.Status;
import dev.sallyport.api.UserInfo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The refusal of groups, uid or extra without a name, which shows them as kube-apiserver does. */
final class NamelessRequest {

  private NamelessRequest() {}

  static Status refuse(UserInfo wanted) {
    return Status.badRequest(
        "requested &user.DefaultInfo{Name:"
            + Quoted.of(wanted.name())
            + ", UID:"
            + Quoted.of(wanted.uid())
            + ", Groups:"
            + list(wanted.groups())
            + ", Extra:"
            + map(wanted.extra())
            + "} without impersonating a user name");
  }

  private static String list(List<String> values) {
    if (values.isEmpty()) {
      return "[]string(nil)";
    }
    return "[]string{" + String.join(", ", values.stream().map(Quoted::of).toList()) + "}";
  }

  private static String map(Map<String, List<String>> values) {
    if (values.isEmpty()) {
      return "map[string][]string(nil)";
    }
    List<String> entries =
        new TreeMap<>(values)
            .entrySet().stream()
                .map(entry -> Quoted.of(entry.getKey()) + ":" + list(entry.getValue()))
                .toList();
    return "map[string][]string{" + String.join(", ", entries) + "}";
  }
}
