package dev.sallyport.server.netty.exchange;

import dev.sallyport.api.Answer;
import dev.sallyport.server.http.RequestBody;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Gathers a body into one array, growing with what really arrives and not with what was declared.
 */
final class WholeBody implements RequestBody.Sink {

  private static final int FIRST = 16 << 10;

  private final int limit;
  private final CompletableFuture<byte[]> done = new CompletableFuture<>();
  private byte[] bytes;
  private int length;
  private RequestBody.@Nullable Flow flow;

  WholeBody(int limit, long declared) {
    this.limit = limit;
    this.bytes = new byte[(int) Math.min(declared < 0 ? 1024 : declared, FIRST)];
  }

  /** A value that is there already costs no stage. */
  Answer<byte[]> answer() {
    if (done.isDone() && !done.isCompletedExceptionally()) {
      return Answer.now(done.getNow(bytes));
    }
    return Answer.later(done);
  }

  @Override
  public void started(RequestBody.Flow from) {
    flow = from;
    from.request();
  }

  @Override
  public void data(ByteBuf piece) {
    int more = piece.readableBytes();
    if (length + more > limit) {
      piece.release();
      failed(InboundBody.tooLarge(limit));
      cancel();
      return;
    }
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(2 * bytes.length, length + more)));
    }
    piece.readBytes(bytes, length, more);
    piece.release();
    length += more;
    RequestBody.Flow from = flow;
    if (from != null) {
      from.request();
    }
  }

  private void cancel() {
    RequestBody.Flow from = flow;
    if (from != null) {
      from.cancel(null);
    }
  }

  @Override
  public void ended() {
    done.complete(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
  }

  @Override
  public void failed(Throwable cause) {
    done.completeExceptionally(cause);
  }
}
