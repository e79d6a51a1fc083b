package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.streams.StreamException;
import java.util.function.Function;

/**
 * How one upgrade is translated.
 *
 * @param request what the upstream is asked
 * @param head makes the client's head of the upstream's; throws when that is not the agreed one
 * @param translation made when both sides have switched
 */
record Plan(
    UpstreamRequest request, HeadTranslation head, Function<Ends, Translation> translation) {

  /** The head that the client gets for the upstream's. */
  interface HeadTranslation {
    UpstreamHead of(UpstreamHead head) throws StreamException;
  }
}
