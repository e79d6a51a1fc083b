package dev.sallyport.server.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.audit.Annotation;
import dev.sallyport.audit.AuditedRequest;
import dev.sallyport.audit.Identities;
import dev.sallyport.audit.Judgement;
import dev.sallyport.audit.Level;
import dev.sallyport.audit.ObjectJson;
import dev.sallyport.audit.ObjectNames;
import dev.sallyport.server.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the visitors' book is going to say about one request, as the filters and the endpoint find
 * it out. There is none when nothing is audited.
 *
 * <p>Filters follow one another, so their notes do. A request that is given up at its deadline may
 * be written about while it still runs somewhere: fields hold immutable values, and a note that
 * comes too late is lost.
 */
public final class AuditEntry {

  private static final String DECISION = "authorization.k8s.io/decision";
  private static final String ROUTE = "sallyport.dev/route";
  private static final String REASON = "authorization.k8s.io/reason";

  private final long receivedMicros;
  private @Nullable Request arrived;
  private @Nullable RequestInfo info;
  private @Nullable AuditedRequest request;
  private @Nullable Judgement judgement;
  private Identities identities = Identities.UNKNOWN;
  private ObjectNames names = ObjectNames.NONE;
  private @Nullable ObjectJson requestObject;
  private List<Annotation> annotations = List.of();
  private @Nullable String panic;
  private boolean closed;

  /**
   * @param receivedMicros when the request arrived, in microseconds since 1970
   */
  public AuditEntry(long receivedMicros) {
    this.receivedMicros = receivedMicros;
  }

  public long receivedMicros() {
    return receivedMicros;
  }

  /** The request goes by a route, perhaps with another path than it came with. */
  void routed(String route, Request before) {
    arrived = before;
    annotate(ROUTE, route);
  }

  /** The request with the path that the client sent. */
  public Request arrived(Request now) {
    Request before = arrived;
    return before == null ? now : before;
  }

  /** What is asked. */
  void resolved(RequestInfo asked) {
    info = asked;
  }

  /** What is asked; null when the request was refused before that was known. */
  public @Nullable RequestInfo info() {
    return info;
  }

  /** What the request's events share, once the first of them was written; else null. */
  public @Nullable AuditedRequest request() {
    return request;
  }

  public void request(AuditedRequest known) {
    request = known;
  }

  /** What the policy says, and about whom. */
  public void judged(Judgement said, @Nullable UserInfo user) {
    judgement = said;
    identities = new Identities(user, null, "");
  }

  /** What the policy says; null before the user is known. */
  public @Nullable Judgement judgement() {
    return judgement;
  }

  /** The user acts as another. */
  public void impersonated(UserInfo other, String constraint) {
    identities = new Identities(identities.user(), other, constraint);
  }

  public Identities identities() {
    return identities;
  }

  /** The authorizer's verdict: allow or forbid. */
  public void authorized(String decision, String reason) {
    annotate(DECISION, decision);
    annotate(REASON, reason);
  }

  /** The authorizer failed, so there is a reason without a decision. */
  public void unauthorizable(String reason) {
    annotate(REASON, reason);
  }

  /** Adds a fact under a name with a domain; the last value of a name counts. */
  public void annotate(String key, String value) {
    List<Annotation> more = new ArrayList<>(annotations.size() + 1);
    for (Annotation annotation : annotations) {
      if (!annotation.key().equals(key)) {
        more.add(annotation);
      }
    }
    more.add(new Annotation(key, value));
    annotations = more;
  }

  /** In the order of their keys. */
  public List<Annotation> annotations() {
    List<Annotation> sorted = new ArrayList<>(annotations);
    sorted.sort(Comparator.comparing(Annotation::key));
    return sorted;
  }

  /** The object that was sent, as soon as it is decoded; it is not kept. */
  void sent(ObjectNode object) {
    Judgement said = judgement;
    if (said == null || said.silent()) {
      return;
    }
    JsonNode metadata = object.path("metadata");
    names =
        new ObjectNames(
            text(metadata, "namespace"),
            text(metadata, "name"),
            text(metadata, "uid"),
            text(metadata, "resourceVersion"));
    if (said.level().atLeast(Level.REQUEST)) {
      requestObject = new ObjectJson(object.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Whether the object that was sent is to be written. */
  public boolean wantsObject() {
    Judgement said = judgement;
    return said != null && said.level().atLeast(Level.REQUEST);
  }

  /** Whether the object that is answered is to be written. */
  public boolean wantsAnswer() {
    Judgement said = judgement;
    return said != null && said.level().atLeast(Level.REQUEST_RESPONSE);
  }

  /** What was sent where it is no object, such as a patch; JSON on one line. */
  public void sent(byte[] json) {
    requestObject = new ObjectJson(json);
  }

  private static String text(JsonNode metadata, String field) {
    return metadata.path(field).asText("");
  }

  public ObjectNames names() {
    return names;
  }

  public @Nullable ObjectJson requestObject() {
    return requestObject;
  }

  /** The request ended in a defect. */
  public void panicked(String what) {
    panic = what;
  }

  /** What the request ended in, or null. */
  public @Nullable String panic() {
    return panic;
  }

  /** Nothing more is written about the request. */
  public void close() {
    closed = true;
  }

  public boolean closed() {
    return closed;
  }
}
