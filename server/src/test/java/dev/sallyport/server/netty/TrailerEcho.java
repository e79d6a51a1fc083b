package dev.sallyport.server.netty;

import dev.sallyport.api.Answer;
import dev.sallyport.server.http.HttpHandler;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.RequestBody;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import dev.sallyport.server.http.ResponseStream;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Streams a request's body back, and behind it the trailers it came with and more of its own. */
public final class TrailerEcho implements HttpHandler {

  private final List<String> more;

  public TrailerEcho(String... more) {
    this.more = List.of(more);
  }

  @Override
  public Answer<Response> handle(Request request) {
    return Answer.now(
        new Response.Streamed(
            200, new ResponseHeaders(), -1, out -> request.body().stream(new Back(out))));
  }

  private final class Back implements RequestBody.Sink {

    private final ResponseStream out;
    private RequestBody.@Nullable Flow flow;

    Back(ResponseStream out) {
      this.out = out;
    }

    @Override
    public void started(RequestBody.Flow from) {
      flow = from;
      from.request();
    }

    @Override
    public void data(ByteBuf piece) {
      out.write(piece);
      RequestBody.Flow from = flow;
      if (from != null) {
        from.request();
      }
    }

    @Override
    public void ended() {
      ended(List.of());
    }

    @Override
    public void ended(List<String> trailers) {
      List<String> all = new ArrayList<>(trailers);
      all.addAll(more);
      out.end(all);
    }

    @Override
    public void failed(Throwable cause) {
      out.abort(cause);
    }
  }
}
