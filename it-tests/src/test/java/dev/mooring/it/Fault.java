// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.testsupport.Await;
import dev.mooring.testsupport.FaultProxy;
import java.time.Duration;

/** What goes wrong with a server or the way to it, for about three seconds. */
enum Fault {
    /** The server's process is killed, and started anew on its data. */
    KILLED_AND_RESTARTED {
        @Override
        void strike(RunningServer server, FaultProxy way) {
            server.kill();
            Await.pause(Duration.ofSeconds(1));
            server.restart();
        }
    },

    /** The server's process stands still: connections stay open, and nothing is answered. */
    PAUSED {
        @Override
        void strike(RunningServer server, FaultProxy way) {
            server.pause();
            Await.pause(DURATION);
            server.unpause();
        }
    },

    /** Requests arrive, and their replies break off: nobody knows what came of them. */
    CUT_OFF_MID_REPLY {
        @Override
        void strike(RunningServer server, FaultProxy way) {
            for (int bytes = 0; bytes < 20; bytes++) {
                way.cutReplyAfter(bytes);
                Await.pause(DURATION.dividedBy(20));
            }
        }
    },

    /** Each reply takes half a second. */
    SLOW {
        @Override
        void strike(RunningServer server, FaultProxy way) {
            way.delay(Duration.ofMillis(250));
            Await.pause(DURATION);
        }
    },

    /** Open connections break, and new ones are refused. */
    REFUSING {
        @Override
        void strike(RunningServer server, FaultProxy way) {
            way.refuse();
            Await.pause(DURATION);
        }
    };

    private static final Duration DURATION = Duration.ofSeconds(3);

    abstract void strike(RunningServer server, FaultProxy way);
}
