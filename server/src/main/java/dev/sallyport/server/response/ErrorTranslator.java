package dev.sallyport.server.response;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import dev.sallyport.server.chain.AuditEntry;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.store.StoreException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a failure becomes an answer. A client that went away is answered to nobody,
 * but for the audit log; it is no defect, or anybody could fill the log with them. What is no
 * refusal but a defect is logged with the request's audit id and told to the client by that id
 * alone.
 */
public final class ErrorTranslator {

  private static final Logger log = LoggerFactory.getLogger(ErrorTranslator.class);

  private final ResponseWriter writer;
  private final Function<StoreException, Status> storeFailures;

  /**
   * @param storeFailures what a failure of the store means to a client
   */
  public ErrorTranslator(ResponseWriter writer, Function<StoreException, Status> storeFailures) {
    this.writer = writer;
    this.storeFailures = storeFailures;
  }

  /** The answer to a failure of an endpoint. */
  public Response.Buffered answer(RequestContext context, Throwable failure) {
    return writer.status(context, status(context, Answer.unwrap(failure)));
  }

  /** The answer to a refusal by a filter: no client may take it for anything but text. */
  public Response.Buffered refusal(RequestContext context, Throwable failure) {
    Response.Buffered answer = answer(context, failure);
    answer.headers().add("x-content-type-options", "nosniff");
    return answer;
  }

  private Status status(RequestContext context, Throwable failure) {
    if (failure instanceof StatusException refusal) {
      return refusal.status();
    }
    if (failure instanceof StoreException broken) {
      return storeFailures.apply(broken);
    }
    if (failure instanceof ClosedChannelException) {
      log.debug("Request {}: the client has gone before it was read", context.auditId());
      return Status.badRequest("the client has gone before the whole request was read");
    }
    AuditEntry entry = context.audit();
    if (entry != null) {
      entry.panicked(failure.getClass().getName());
    }
    log.error(
        "Request {} failed: {} {}",
        context.auditId(),
        context.request().method(),
        LogText.of(context.request().path()),
        failure);
    return defect(context.auditId());
  }

  private static Status defect(String auditId) {
    String message =
        "Internal error occurred: the server's log tells more about request " + auditId;
    return new Status(
        500, Reason.INTERNAL_ERROR, message, new StatusDetails("", "", "", "", List.of(), 0));
  }
}
