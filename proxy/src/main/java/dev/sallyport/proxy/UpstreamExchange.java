package dev.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** The sending side of an exchange and the tap of its receiving side. On its event loop only. */
public interface UpstreamExchange {

  /** One that never began. */
  UpstreamExchange NONE = new NoExchange();

  /** Whether more of the body may be written now; see {@link UpstreamReceiver#writable}. */
  boolean writable();

  /** Sends a piece of the body and takes its ownership. */
  void write(ByteBuf piece);

  /** The body is complete; a tunnel is half-closed. */
  void end();

  /**
   * The body is complete and fields came behind it; they are dropped where the protocol has no
   * place for them.
   *
   * @param trailers names in lower case and values, side by side
   */
  default void end(List<String> trailers) {
    end();
  }

  /** Takes no more of the response off the network until {@link #resume}. */
  void pause();

  void resume();

  /** Gives the exchange up and closes its connection; no callback comes after. */
  void cancel();
}
