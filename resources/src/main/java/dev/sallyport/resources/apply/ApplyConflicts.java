package dev.sallyport.resources.apply;

import dev.sallyport.api.Quoted;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusCause;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.apply.ManagedFields.Owner;
import dev.sallyport.resources.apply.ManagedFields.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Refuses to take fields that others own, naming each and its owner. */
final class ApplyConflicts {

  private ApplyConflicts() {}

  static void check(ManagedFields managed, Owner applier, FieldSet wanted) {
    Map<String, List<String>> conflicts = new TreeMap<>();
    for (Map.Entry<Owner, Share> entry : managed.shares().entrySet()) {
      if (!entry.getKey().equals(applier)) {
        List<String> paths = new ArrayList<>();
        entry.getValue().fields().intersection(wanted).forEach((path, set) -> paths.add(path));
        if (!paths.isEmpty()) {
          conflicts
              .computeIfAbsent(shown(entry.getKey(), entry.getValue()), made -> new ArrayList<>())
              .addAll(paths);
        }
      }
    }
    if (!conflicts.isEmpty()) {
      throw refusal(conflicts);
    }
  }

  private static String shown(Owner owner, Share share) {
    String text = Quoted.of(owner.manager());
    if (!owner.subresource().isEmpty()) {
      text += " with subresource " + Quoted.of(owner.subresource());
    }
    if (owner.applies()) {
      return text;
    }
    text += " using " + share.apiVersion();
    return share.time().isEmpty() ? text : text + " at " + share.time();
  }

  private static StatusException refusal(Map<String, List<String>> conflicts) {
    List<StatusCause> causes = new ArrayList<>();
    StringBuilder all = new StringBuilder();
    conflicts.forEach(
        (owner, paths) -> {
          all.append(all.isEmpty() ? "" : "\n").append("conflicts with ").append(owner).append(':');
          for (String path : paths) {
            all.append("\n- ").append(path);
            causes.add(new StatusCause("FieldManagerConflict", "conflict with " + owner, path));
          }
        });
    String message =
        causes.size() == 1
            ? "Apply failed with 1 conflict: %s: %s"
                .formatted(causes.get(0).message(), causes.get(0).field())
            : "Apply failed with " + causes.size() + " conflicts: " + all;
    return new StatusException(
        new Status(409, Reason.CONFLICT, message, new StatusDetails("", "", "", "", causes, 0)));
  }
}
