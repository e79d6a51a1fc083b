package dev.sallyport.authz;

import dev.sallyport.api.UserInfo;

/**
 * Tells what of a list across namespaces a user may see who may not see all of it. Only bindings
 * that have opted in show anything. Any thread; nothing blocks.
 *
 * <p>Changes are numbered by a generation that only grows. Who reads it before it asks for a sight
 * learns by {@link #changedSince} whether the sight may be another by now. A change is counted
 * before its writer hears that it was made.
 */
public interface SightSource {

  /** Shows nothing to anybody. */
  SightSource NONE =
      new SightSource() {
        @Override
        public Sight of(UserInfo user, String verb, String group, String resource) {
          return Sight.NOTHING;
        }

        @Override
        public boolean partly(UserInfo user, String verb, String group, String resource) {
          return false;
        }

        @Override
        public SightSource ofAllBindings() {
          return this;
        }

        @Override
        public long generation() {
          return 0;
        }

        @Override
        public boolean changedSince(UserInfo user, long generation) {
          return false;
        }

        @Override
        public void onChange(Runnable listener) {}
      };

  /**
   * What the user sees of a kind by this verb: nothing, unless some binding of the user has opted
   * in; {@link Sight#EVERYTHING} if besides any binding at all gives the verb for the whole
   * cluster.
   */
  Sight of(UserInfo user, String verb, String group, String resource);

  /**
   * Whether some binding of the user that has opted in shows a part of the kind, be it that others
   * give all of it.
   */
  boolean partly(UserInfo user, String verb, String group, String resource);

  /** The same as if every binding had opted in. */
  SightSource ofAllBindings();

  /** The number of changes so far. */
  long generation();

  /** Whether anything that was given to the user may have changed behind that generation. */
  boolean changedSince(UserInfo user, long generation);

  /** Runs it behind every change, on the thread that made the change: it is quick. */
  void onChange(Runnable listener);
}
