package dev.sallyport.server.filter.audit;

import dev.sallyport.api.Answer;
import dev.sallyport.audit.AuditSink;
import dev.sallyport.audit.AuditSink.Receipt;
import dev.sallyport.audit.Judgement;
import dev.sallyport.audit.Stage;
import dev.sallyport.server.chain.AuditEntry;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.filter.LongRunning;
import dev.sallyport.server.http.Response;

/**
 * Stands before everything else: opens the request's entry, and writes its last event when the
 * answer stands, whoever gave it and however it came about. An answer that goes on for a while gets
 * one event at its head and one at its end.
 */
public final class AuditStartFilter implements Filter {

  private final AuditBook book;

  public AuditStartFilter(AuditBook book) {
    this.book = book;
  }

  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    AuditEntry entry = new AuditEntry(book.now());
    Answer<Response> answer = next.handle(context.audited(entry));
    if (answer instanceof Answer.Now<Response> now) {
      return written(context, entry, now.value());
    }
    return answer.then(response -> written(context, entry, response));
  }

  private Answer<Response> written(RequestContext context, AuditEntry entry, Response response) {
    Judgement judgement = entry.judgement();
    if (judgement == null) {
      return refusedEarly(context, entry, response);
    }
    if (judgement.silent() || entry.closed()) {
      return Answer.now(response);
    }
    boolean lasts = lasts(entry, response);
    Answer<Receipt> receipt =
        lasts ? book.write(context, entry, Stage.RESPONSE_STARTED, response) : AuditSink.AT_ONCE;
    if (!(response instanceof Response.Buffered)) {
      return after(receipt, watched(context, entry, response));
    }
    Stage last = entry.panic() == null ? Stage.RESPONSE_COMPLETE : Stage.PANIC;
    // In the order of the stages; a sink keeps events in the order in which it takes them.
    return after(book.write(context, entry, last, response), response);
  }

  /** Nobody was known yet, so the answer's beginning is all there is to tell. */
  private Answer<Response> refusedEarly(
      RequestContext context, AuditEntry entry, Response response) {
    book.judge(context, entry, null);
    return after(book.write(context, entry, Stage.RESPONSE_STARTED, response), response);
  }

  private static boolean lasts(AuditEntry entry, Response response) {
    return response instanceof Response.Switched
        || (entry.info() != null && LongRunning.is(entry.info()));
  }

  private static Answer<Response> after(Answer<Receipt> receipt, Response response) {
    return receipt == AuditSink.AT_ONCE ? Answer.now(response) : receipt.map(kept -> response);
  }

  /** The same answer, whose end is written when it has come, or when the client has gone. */
  private Response watched(RequestContext context, AuditEntry entry, Response response) {
    AnswerEnd end = new AnswerEnd(book, context, entry, response);
    context.request().onAbort(end);
    return response.watched(end::opened);
  }
}
