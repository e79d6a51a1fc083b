package dev.sallyport.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the book: what was known about a request at one stage. Immutable.
 *
 * @param stageMicros when the stage was reached, in microseconds since 1970
 * @param names what the object that was sent calls itself
 * @param outcome what was answered; null before there is an answer
 * @param requestObject the object that was sent as JSON, or null
 * @param responseObject the object that was answered as JSON, or null
 * @param annotations in the order of their keys
 * @see <a
 *     href="https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/#audit-k8s-io-v1-Event">Event</a>
 */
public record AuditEvent(
    AuditedRequest request,
    Judgement judgement,
    Stage stage,
    long stageMicros,
    Identities identities,
    ObjectNames names,
    @Nullable Outcome outcome,
    @Nullable ObjectJson requestObject,
    @Nullable ObjectJson responseObject,
    List<Annotation> annotations) {

  /** More than the fields of any event without its objects, URL and groups. */
  private static final int FRAME = 1024;

  public AuditEvent {
    annotations = List.copyOf(annotations);
  }

  /** The memory it holds on to, roughly, in bytes: so that queues can be bounded by it. */
  public long weight() {
    return FRAME
        + request.uri().length()
        + (requestObject == null ? 0 : requestObject.bytes().length)
        + (responseObject == null ? 0 : responseObject.bytes().length);
  }

  /** Whether it carries an object that can be left out. */
  public boolean hasObjects() {
    return requestObject != null || responseObject != null;
  }
}
