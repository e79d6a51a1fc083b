package dev.sallyport.webhook.https;

import dev.sallyport.api.Answer;
import dev.sallyport.webhook.CallException;
import dev.sallyport.webhook.HttpsCall;
import dev.sallyport.webhook.HttpsReply;

/** A call that never began. */
record RefusedCall(CallException why) implements HttpsCall {

  @Override
  public Answer<HttpsReply> answer() {
    return Answer.failed(why);
  }

  @Override
  public void cancel() {
    // There is nothing under way.
  }
}
