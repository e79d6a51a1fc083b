package dev.sallyport.authn.configuration;

import dev.sallyport.authn.anonymous.AnonymousAccess;
import dev.sallyport.config.document.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads where anonymous requests may go. */
final class AnonymousReader {
  private static final String FIELD = "anonymous";

  private AnonymousReader() {}

  static Optional<AnonymousAccess> read(Fields document, Surroundings surroundings) {
    if (!document.has(FIELD)) {
      return Optional.empty();
    }
    if (surroundings.anonymousByFlag()) {
      document.fault(FIELD, "either this or the flag --anonymous-auth, not both");
    }
    Fields fields = document.object(FIELD);
    boolean enabled = fields.bool("enabled").orElse(false);
    List<Fields> conditions = fields.objects("conditions");
    if (!enabled && !conditions.isEmpty()) {
      fields.fault("conditions", "only with enabled: true");
    }
    Set<String> paths = new HashSet<>();
    for (Fields condition : conditions) {
      String path = condition.text("path");
      if (path.startsWith("/")) {
        paths.add(path);
      } else {
        condition.fault("path", Told.wrong(path, "a path that begins with /"));
      }
    }
    return Optional.of(new AnonymousAccess(enabled, paths));
  }
}
