package dev.sallyport.server.endpoint.filtered;

import dev.sallyport.api.Answer;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Alarm;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseStream;
import org.jspecify.annotations.Nullable;

/** An answer that is passed on as it is, and whose end somebody wants to hear of. */
final class UnaccountedAnswer {

  private final Runnable over;
  private @Nullable Alarm alarm;

  private UnaccountedAnswer(Runnable over) {
    this.over = over;
  }

  /**
   * @param over run at least once, also when the client goes or its time is up
   */
  static Answer<Response> of(RequestContext context, Answer<Response> answer, Runnable over) {
    UnaccountedAnswer followed = new UnaccountedAnswer(over);
    context.request().onAbort(followed::over);
    if (context.deadline() != RequestContext.NO_DEADLINE) {
      followed.alarm = context.request().connection().alarm(context.deadline(), over);
    }
    answer.whenDone(
        (response, failure) -> {
          if (response == null || response instanceof Response.Buffered) {
            followed.over();
          }
        });
    return answer.map(followed::watched);
  }

  private Response watched(Response response) {
    return response instanceof Response.Streamed streamed
        ? new Response.Streamed(
            streamed.status(), streamed.headers(), streamed.length(), new Writer(streamed.writer()))
        : response.watched(stream -> stream.onClosed(this::over));
  }

  private void over() {
    over.run();
    Alarm set = alarm;
    if (set != null) {
      set.cancel();
    }
  }

  private final class Writer implements Response.StreamWriter {
    private final Response.StreamWriter writer;

    Writer(Response.StreamWriter writer) {
      this.writer = writer;
    }

    @Override
    public void start(ResponseStream stream) {
      stream.onClosed(UnaccountedAnswer.this::over);
      writer.start(stream);
    }

    @Override
    public void abandoned() {
      UnaccountedAnswer.this.over();
      writer.abandoned();
    }
  }
}
