package dev.sallyport.webhook.https;

import io.netty.handler.codec.DecoderException;
import org.jspecify.annotations.Nullable;

/** What a failure of the network has to say, in one line. */
final class Failures {

  private Failures() {}

  static String text(Throwable failure) {
    Throwable said = failure;
    // What TLS found lies under the codec's and the engine's wrappings.
    while (said.getCause() != null
        && (said instanceof DecoderException || wrapsOnly(said, said.getCause()))) {
      said = said.getCause();
    }
    String message = said.getMessage();
    return oneLine(message == null ? said.getClass().getSimpleName() : message);
  }

  private static boolean wrapsOnly(Throwable outer, @Nullable Throwable inner) {
    return inner instanceof java.security.GeneralSecurityException
        && !(outer instanceof java.security.GeneralSecurityException);
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('\r', ' ').strip();
  }
}
