package dev.sallyport.audit.format;

import dev.sallyport.api.Quoted;
import dev.sallyport.api.UserInfo;
import dev.sallyport.audit.AuditEvent;
import dev.sallyport.audit.AuditedRequest;
import dev.sallyport.audit.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of text for an event, as old tools read it: {@code --audit-log-format=legacy}. */
public final class LegacyFormat implements EventFormat {

  @Override
  public void write(JsonBuffer out, AuditEvent event, boolean objects) {
    out.json(line(event).getBytes(StandardCharsets.UTF_8));
  }

  private static String line(AuditEvent event) {
    AuditedRequest request = event.request();
    UserInfo user = event.identities().user();
    UserInfo other = event.identities().impersonated();
    Outcome outcome = event.outcome();
    List<String> addresses = request.sourceAddresses();
    StringBuilder line = new StringBuilder(512);
    line.append(Instant.EPOCH.plus(request.receivedMicros(), ChronoUnit.MICROS)).append(" AUDIT:");
    pair(line, "id", request.auditId());
    pair(line, "stage", event.stage().text());
    pair(line, "ip", addresses.isEmpty() ? "<unknown>" : addresses.get(0));
    pair(line, "method", request.info().verb());
    pair(line, "user", user == null ? "<none>" : user.name());
    pair(line, "groups", groups(user, "<none>"));
    pair(line, "as", other == null ? "<self>" : other.name());
    pair(line, "asgroups", groups(other, "<lookup>"));
    pair(line, "user-agent", request.userAgent());
    String namespace = request.info().namespace();
    pair(line, "namespace", namespace.isEmpty() ? "<none>" : namespace);
    pair(line, "uri", request.uri());
    pair(line, "response", outcome == null ? "<deferred>" : Integer.toString(outcome.code()));
    return line.toString();
  }

  private static String groups(@Nullable UserInfo user, String none) {
    if (user == null || user.groups().isEmpty()) {
      return none;
    }
    StringBuilder groups = new StringBuilder();
    for (String group : user.groups()) {
      if (groups.length() > 0) {
        groups.append(',');
      }
      Quoted.append(groups, group);
    }
    return groups.toString();
  }

  private static void pair(StringBuilder line, String name, String value) {
    line.append(' ').append(name).append('=');
    Quoted.append(line, value);
  }
}
