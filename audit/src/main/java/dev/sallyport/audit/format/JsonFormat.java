package dev.sallyport.audit.format;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.audit.Annotation;
import dev.sallyport.audit.AuditEvent;
import dev.sallyport.audit.AuditedRequest;
import dev.sallyport.audit.Identities;
import dev.sallyport.audit.ObjectJson;
import dev.sallyport.audit.ObjectNames;
import dev.sallyport.audit.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An Event of audit.k8s.io/v1 as JSON on one line, its members in kube-apiserver's order. */
public final class JsonFormat implements EventFormat {

  private static final String TRUNCATED = "audit.k8s.io/truncated";

  @Override
  public void write(JsonBuffer out, AuditEvent event, boolean objects) {
    AuditedRequest request = event.request();
    out.raw("{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"");
    out.raw(event.judgement().level().text()).raw("\",\"auditID\":").string(request.auditId());
    out.raw(",\"stage\":\"").raw(event.stage().text()).raw("\",\"requestURI\":");
    out.string(request.uri()).raw(",\"verb\":").string(request.info().verb());
    identities(out, event.identities());
    member(out, "sourceIPs", request.sourceAddresses());
    member(out, "userAgent", request.userAgent());
    if (request.info().resourceRequest()) {
      object(out, request.info(), event.names());
    }
    Outcome outcome = event.outcome();
    if (outcome != null) {
      out.raw(",\"responseStatus\":");
      StatusFormat.write(out, outcome);
    }
    if (objects) {
      objects(out, event);
    }
    out.raw(",\"requestReceivedTimestamp\":");
    MicroTime.write(out, request.receivedMicros());
    out.raw(",\"stageTimestamp\":");
    MicroTime.write(out, event.stageMicros());
    annotations(out, event.annotations(), !objects);
    out.raw('}');
  }

  private static void identities(JsonBuffer out, Identities identities) {
    out.raw(",\"user\":");
    UserInfo user = identities.user();
    if (user == null) {
      out.raw("{}");
    } else {
      user(out, user);
    }
    UserInfo other = identities.impersonated();
    if (other != null) {
      out.raw(",\"impersonatedUser\":");
      user(out, other);
    }
    if (!identities.constraint().isEmpty()) {
      out.raw(",\"authenticationMetadata\":{\"impersonationConstraint\":");
      out.string(identities.constraint()).raw('}');
    }
  }

  private static void user(JsonBuffer out, UserInfo user) {
    out.raw("{\"username\":").string(user.name());
    member(out, "uid", user.uid());
    member(out, "groups", user.groups());
    if (!user.extra().isEmpty()) {
      out.raw(",\"extra\":{");
      boolean first = true;
      for (Map.Entry<String, List<String>> entry : sorted(user.extra()).entrySet()) {
        out.raw(first ? "" : ",").string(entry.getKey()).raw(':');
        strings(out, entry.getValue());
        first = false;
      }
      out.raw('}');
    }
    out.raw('}');
  }

  private static Map<String, List<String>> sorted(Map<String, List<String>> extra) {
    return extra.size() == 1 ? extra : new TreeMap<>(extra);
  }

  private static void object(JsonBuffer out, RequestInfo info, ObjectNames names) {
    out.raw(",\"objectRef\":{\"resource\":").string(info.resource());
    member(out, "namespace", or(info.namespace(), names.namespace()));
    member(out, "name", or(info.name(), names.name()));
    member(out, "uid", names.uid());
    member(out, "apiGroup", info.apiGroup());
    member(out, "apiVersion", info.apiVersion());
    member(out, "resourceVersion", names.resourceVersion());
    member(out, "subresource", info.subresource());
    out.raw('}');
  }

  private static String or(String first, String second) {
    return first.isEmpty() ? second : first;
  }

  private static void objects(JsonBuffer out, AuditEvent event) {
    boolean bare = event.judgement().omitManagedFields();
    ObjectJson sent = event.requestObject();
    if (sent != null) {
      ObjectFormat.member(out, ",\"requestObject\":", sent.bytes(), bare);
    }
    ObjectJson answered = event.responseObject();
    if (answered != null) {
      ObjectFormat.member(out, ",\"responseObject\":", answered.bytes(), bare);
    }
  }

  private static void annotations(JsonBuffer out, List<Annotation> annotations, boolean cut) {
    if (annotations.isEmpty() && !cut) {
      return;
    }
    out.raw(",\"annotations\":{");
    boolean first = true;
    for (int i = 0; i < annotations.size(); i++) {
      Annotation annotation = annotations.get(i);
      out.raw(first ? "" : ",").string(annotation.key()).raw(':').string(annotation.value());
      first = false;
    }
    if (cut) {
      out.raw(first ? "" : ",").string(TRUNCATED).raw(":\"true\"");
    }
    out.raw('}');
  }

  /** Adds a member behind others unless it is empty. */
  static void member(JsonBuffer out, String name, String value) {
    if (!value.isEmpty()) {
      out.raw(",\"").raw(name).raw("\":").string(value);
    }
  }

  private static void member(JsonBuffer out, String name, List<String> values) {
    if (!values.isEmpty()) {
      out.raw(",\"").raw(name).raw("\":");
      strings(out, values);
    }
  }

  private static void strings(JsonBuffer out, List<String> values) {
    out.raw('[');
    for (int i = 0; i < values.size(); i++) {
      out.raw(i == 0 ? "" : ",").string(values.get(i));
    }
    out.raw(']');
  }
}
