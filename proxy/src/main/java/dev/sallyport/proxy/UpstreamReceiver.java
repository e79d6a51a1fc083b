package dev.sallyport.proxy;

import io.netty.buffer.ByteBuf;

/** Hears of an exchange's course, on its event loop. */
public interface UpstreamReceiver {

  /** A connection stands and the head is sent: the body, if there is one, may follow. */
  void ready();

  /** More of the body may be written again. */
  void writable();

  /** The response's head; {@link #data} and {@link #ended} follow. */
  void head(UpstreamHead head);

  /** A piece of the response's body; the receiver owns it. */
  void data(ByteBuf piece);

  /** All that has arrived so far has been handed over: a good moment to flush. */
  void idle();

  void ended();

  /** The exchange has failed, before its head or amid its body. Nothing comes after. */
  void failed(UpstreamException cause);
}
