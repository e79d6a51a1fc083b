package dev.sallyport.audit;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events for tests. */
public final class Events {

  public static final long RECEIVED = 1_795_342_329_123_456L; // 2026-11-22T10:12:09.123456Z

  private Events() {}

  /** A list of config maps by ann, told apart by its id. */
  public static AuditEvent listed(String auditId) {
    return event(request(auditId, "/api/v1/namespaces/a/configmaps", "curl"), null);
  }

  /** With an object in it. */
  public static AuditEvent created(String auditId, String object) {
    return event(
        request(auditId, "/api/v1/namespaces/a/configmaps", "curl"),
        new ObjectJson(object.getBytes(StandardCharsets.UTF_8)));
  }

  public static AuditedRequest request(String auditId, String uri, String agent) {
    return new AuditedRequest(
        auditId,
        RECEIVED,
        uri,
        RequestInfo.ofResource("list", "", "v1", "a", "configmaps", "", ""),
        agent,
        List.of("10.0.0.1"));
  }

  public static AuditEvent event(AuditedRequest request, @Nullable ObjectJson object) {
    return new AuditEvent(
        request,
        new Judgement(object == null ? Level.METADATA : Level.REQUEST, Set.of(), false),
        Stage.RESPONSE_COMPLETE,
        RECEIVED + 1_000,
        new Identities(UserInfo.of("ann", "dev", "system:authenticated"), null, ""),
        ObjectNames.NONE,
        new Outcome(200, null),
        object,
        null,
        List.of(
            new Annotation("authorization.k8s.io/decision", "allow"),
            new Annotation("authorization.k8s.io/reason", "")));
  }
}
