package dev.sallyport.server.filter.audit;

import dev.sallyport.api.Answer;
import dev.sallyport.audit.AuditSink;
import dev.sallyport.audit.AuditSink.Receipt;
import dev.sallyport.audit.Stage;
import dev.sallyport.authz.ForbiddenMessage;
import dev.sallyport.server.chain.AuditEntry;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Responses;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Stands behind the first door: now that it is known who asks, the policy judges, and the request's
 * first event is written. Where the configuration wants it, a request whose event is lost goes no
 * further: nobody may act unseen.
 */
public final class AuditFilter implements Filter {

  private final AuditBook book;

  public AuditFilter(AuditBook book) {
    this.book = book;
  }

  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    AuditEntry entry = Objects.requireNonNull(context.audit(), "stands behind AuditStartFilter");
    if (book.judge(context, entry, context.user()).silent()) {
      return next.handle(context);
    }
    Answer<Receipt> written = book.write(context, entry, Stage.REQUEST_RECEIVED, null);
    if (written == AuditSink.AT_ONCE) {
      return next.handle(context);
    }
    // Back to the connection's loop: the sink's thread has other events to write.
    Executor loop = context.request().connection().loop();
    return Answer.later(
        written
            .toStage()
            .thenComposeAsync(receipt -> pass(receipt, context, entry, next).toStage(), loop));
  }

  private Answer<Response> pass(
      Receipt receipt, RequestContext context, AuditEntry entry, RequestHandler next) {
    if (receipt == Receipt.TAKEN) {
      return next.handle(context);
    }
    entry.close();
    book.refused();
    String uri = AuditBook.uri(context.request());
    return Answer.now(
        Responses.text(500, ForbiddenMessage.internalError(uri, "failed to store audit event")));
  }
}
