CREATE TABLE IF NOT EXISTS mooring_connections (
    id         text COLLATE "C" PRIMARY KEY,
    state      text NOT NULL,
    channels   text[] COLLATE "C" NOT NULL,
    expires_at timestamptz NOT NULL,
    revision   bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX IF NOT EXISTS mooring_connections_channels
    ON mooring_connections USING gin (channels) WITH (fastupdate = off);
