package dev.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** Hears of an exchange's course, on its event loop. */
public interface UpstreamReceiver {

  /** A connection stands and the head is sent: the body, if there is one, may follow. */
  void ready();

  /** More of the body may be written again. */
  void writable();

  /** The response's head; {@link #data} and {@link #ended} follow. */
  void head(UpstreamHead head);

  /**
   * Instead of {@link #head}, only after a request that asked for it: the backend has switched
   * protocols (101). The exchange's two sides carry a tunnel's bytes from now on, in both
   * directions at once: {@link UpstreamExchange#end} half-closes it, {@link #ended} says that the
   * backend has done so. The tunnel is over when both have.
   *
   * @param head its lines without Connection and Upgrade
   */
  void switched(UpstreamHead head);

  /** A piece of the response's body; the receiver owns it. */
  void data(ByteBuf piece);

  /** All that has arrived so far has been handed over: a good moment to flush. */
  void idle();

  /**
   * The body is complete; of a tunnel: the backend will send no more, but may still read.
   *
   * @param trailers names in lower case and values, side by side; empty without any
   */
  void ended(List<String> trailers);

  /** The exchange has failed, before its head or amid its body. Nothing comes after. */
  void failed(UpstreamException cause);
}
