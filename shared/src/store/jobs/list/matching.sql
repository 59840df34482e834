-- jobs.list.matching
  -- The candidate beyond the last that may be looked at passes unseen: it says that there were more.
  c.n > $4 or (
    (
      $6::text is null
      or (
        select job_status_shown(j.status, j.expires_at) = $6 and coalesce(j.generation = c.generation, true)
        from jobs j
        where j.id = c.id
      )
    )
    and (
      not $17::boolean
      or (
        select
          ($7::text is null or r.endpoint = $7)
          and case $8::text
            when 'project' then r.project_id is not null
            when 'workflow' then r.workflow_id is not null
            when 'api' then r.project_id is null and r.workflow_id is null
            else true
          end
          and ($9::text is null or r.project_id = $9)
          and ($10::text is null or r.workflow_id = $10)
          and ($11::text is null or r.workflow_node_id = $11)
          and ($12::text is null or r.model = $12)
          and ($16::jsonb is null or r.metadata @> $16)
          and ($15::text[] is null or exists (
            select from unnest(r.file_names) f where lower(substring(f from '\.([^.]+)$')) = any ($15)
          ))
          and ($14::text is null or exists (
            select from unnest(r.file_names) f where strpos(lower(f), lower($14)) > 0
          ))
          and ($13::text is null or exists (select from unnest(r.file_names) f where f ~ $13))
        from job_records r
        where r.id = c.id
      )
    )
  )
