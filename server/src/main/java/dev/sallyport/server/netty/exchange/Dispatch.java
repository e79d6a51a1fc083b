package dev.sallyport.server.netty.exchange;

import dev.sallyport.api.Answer;
import dev.sallyport.api.StatusException;
import dev.sallyport.server.http.HttpHandler;
import dev.sallyport.server.http.Response;
import io.netty.channel.EventLoop;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the handler and brings its response back to the event loop, by one hop if it comes late.
 */
public final class Dispatch {

  private static final Logger log = LoggerFactory.getLogger(Dispatch.class);

  private Dispatch() {}

  /** Takes the one response of an exchange, on the event loop. */
  public interface Responder {
    void respond(Response response);
  }

  /** On the event loop. A handler that throws costs its own request a 500 and nothing else. */
  public static void run(
      HttpHandler handler, InboundRequest request, EventLoop loop, Responder responder) {
    Answer<Response> answer;
    try {
      answer = handler.handle(request);
    } catch (Throwable broken) {
      responder.respond(failed(request, broken));
      return;
    }
    if (answer instanceof Answer.Now<Response> now) {
      responder.respond(now.value());
      return;
    }
    answer.whenDone(
        (response, failure) -> {
          Response given = response != null ? response : failed(request, failure);
          hop(loop, () -> responder.respond(given));
        });
  }

  private static void hop(EventLoop loop, Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
      return;
    }
    try {
      loop.execute(task);
    } catch (RejectedExecutionException stopped) {
      log.debug("an answer came after the server had stopped");
    }
  }

  private static Response failed(InboundRequest request, @Nullable Throwable failure) {
    if (failure == null) {
      return failed(request, new NullPointerException("no response"));
    }
    if (failure instanceof ClosedChannelException) {
      log.debug("{} {}: the client has gone", request.method(), request.path());
    } else if (!(failure instanceof StatusException)) {
      log.error("{} {} broke its handler", request.method(), request.path(), failure);
    }
    return StatusResponse.of(failure);
  }
}
